"""Why somebody may, or may not: the decision on a record with everything it is made of."""

from zhike.store.why.everybody import everybody
from zhike.store.why.people import Able, able
from zhike.store.why.verdict import Found, Question, Verdict, judged

__all__ = ["Able", "Found", "Question", "Verdict", "able", "everybody", "judged"]
