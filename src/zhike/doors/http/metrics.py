"""What a process counts about itself, in the text that Prometheus reads."""

import os
from bisect import bisect_left
from collections import Counter

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Meter:
    """
    Counts requests and the time they take. One per process; the label `process` tells them
    apart.
    """

    def __init__(self) -> None:
        self._answers: Counter[tuple[str, int]] = Counter()
        self._buckets = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0
        self._inside = 0

    def enter(self) -> None:
        """Count a request that begins."""
        self._inside += 1

    def leave(self, method: str, status: int, seconds: float) -> None:
        """Count a request that ended; status 0 is one whose caller went away."""
        self._inside -= 1
        self._answers[method if method in METHODS else "OTHER", status] += 1
        self._buckets[bisect_left(BOUNDS, seconds)] += 1
        self._seconds += seconds

    def written(self) -> str:
        """Give everything counted so far."""
        process = f'process="{os.getpid()}"'
        lines = ["# TYPE zhike_requests_total counter"]
        lines += [
            f'zhike_requests_total{{method="{method}",status="{status}",{process}}} {count}'
            for (method, status), count in sorted(self._answers.items())
        ]
        lines.append("# TYPE zhike_request_seconds histogram")
        total = 0
        for bound, count in zip((*BOUNDS, "+Inf"), self._buckets, strict=True):
            total += count
            lines.append(f'zhike_request_seconds_bucket{{le="{bound}",{process}}} {total}')
        lines += [
            f"zhike_request_seconds_sum{{{process}}} {self._seconds:.6f}",
            f"zhike_request_seconds_count{{{process}}} {total}",
            "# TYPE zhike_requests_running gauge",
            f"zhike_requests_running{{{process}}} {self._inside}",
        ]
        return "\n".join(lines) + "\n"


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
