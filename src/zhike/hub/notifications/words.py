"""What a notification says: one sentence in the language of whoever reads it. Pure."""

from collections.abc import Mapping
from typing import Any

from zhike.kernel.words import Language, Words
from zhike.meta import Json

Facts = Mapping[str, Json]

SOMEBODY = Words(zh="系统", en="The system")
UNSEEN = Words(zh="一条您无权查看的记录", en="a record that you may not see")
ONE: Mapping[str, Words] = {
    "given": Words(zh="{who}把{what}转给了您", en="{who} gave you {what}"),
    "given:import": Words(zh="{who}导入了{what}，由您负责", en="{who} imported {what} for you"),
    "given:handover": Words(zh="{who}把{what}交接给了您", en="{who} handed {what} over to you"),
    "team": Words(zh="{who}把您加入了{what}的相关团队", en="{who} added you to the team of {what}"),
    "shared": Words(zh="{who}把{what}共享给了您", en="{who} shared {what} with you"),
    "mentioned": Words(zh="{who}在{what}中提到了您", en="{who} mentioned you in {what}"),
    "request:access": Words(zh="{who}申请查看{what}", en="{who} asks to see {what}"),
    "request:collaboration": Words(
        zh="{who}申请协作{what}", en="{who} asks to work with you on {what}"
    ),
    "request:release": Words(zh="{who}申请把{what}转给自己", en="{who} asks to be given {what}"),
    "answer:granted": Words(
        zh="{who}同意了您对{what}的申请", en="{who} granted your request for {what}"
    ),
    "answer:refused": Words(
        zh="{who}拒绝了您对{what}的申请", en="{who} refused your request for {what}"
    ),
    "approval": Words(
        zh="{who}申请导出 {expected} 条{label}，等您审批",
        en="{who} asks to export {expected} of {label}: your approval is awaited",
    ),
    "export:approved": Words(
        zh="{who}批准了您的{label}导出", en="{who} approved your export of {label}"
    ),
    "export:refused": Words(
        zh="{who}拒绝了您的{label}导出", en="{who} refused your export of {label}"
    ),
    "export:done": Words(
        zh="{label}导出完成，共 {count} 条", en="Your export of {label} is ready: {count} records"
    ),
    "export:failed": Words(zh="{label}导出失败", en="Your export of {label} failed"),
    "job:import:done": Words(
        zh="「{name}」导入完成：新建 {created}，更新 {updated}，失败 {failed}",
        en="{name} is imported: {created} created, {updated} updated, {failed} failed",
    ),
    "job:import:failed": Words(zh="「{name}」导入中断", en="The import of {name} stopped"),
    "job:import:undone": Words(zh="「{name}」的导入已撤销", en="The import of {name} is undone"),
    "job:identity:done": Words(
        zh="{label}查重完成，发现 {pairs} 对", en="{label}: {pairs} pairs of duplicates found"
    ),
    "job:identity:failed": Words(
        zh="{label}查重失败", en="{label}: the search for duplicates failed"
    ),
    "job:handover:done": Words(zh="交接完成", en="The hand-over is done"),
    "job:handover:failed": Words(zh="交接中断", en="The hand-over stopped"),
    "job:handover:undone": Words(zh="交接已撤销", en="The hand-over is undone"),
    "job:merge:done": Words(zh="{label}批量合并完成", en="{label}: the merges are done"),
    "job:merge:failed": Words(zh="{label}批量合并中断", en="{label}: the merges stopped"),
    "job:merge:undone": Words(zh="{label}批量合并已撤销", en="{label}: the merges are undone"),
    "job:standardize:done": Words(zh="{label}标准化完成", en="{label}: the standard run is done"),
    "job:standardize:failed": Words(zh="{label}标准化中断", en="{label}: the standard run stopped"),
    "job:standardize:undone": Words(
        zh="{label}标准化已撤销", en="{label}: the standard run is undone"
    ),
    "job:sweep:done:change": Words(
        zh="{label}批量修改完成：已改 {done} 条",
        en="{label}: {done} records changed",
    ),
    "job:sweep:done:change:some": Words(
        zh="{label}批量修改完成：已改 {done} 条，未改 {refused} 条",
        en="{label}: {done} records changed, {refused} left as they are",
    ),
    "job:sweep:done:delete": Words(
        zh="{label}批量删除完成：已移入回收站 {done} 条",
        en="{label}: {done} records thrown away",
    ),
    "job:sweep:done:delete:some": Words(
        zh="{label}批量删除完成：已移入回收站 {done} 条，未删 {refused} 条",
        en="{label}: {done} records thrown away, {refused} left where they are",
    ),
    "job:sweep:done:restore": Words(
        zh="{label}批量恢复完成：已恢复 {done} 条",
        en="{label}: {done} records restored",
    ),
    "job:sweep:done:restore:some": Words(
        zh="{label}批量恢复完成：已恢复 {done} 条，未恢复 {refused} 条",
        en="{label}: {done} records restored, {refused} left in the bin",
    ),
    "job:sweep:done:transfer": Words(
        zh="{label}批量转移完成：已转移 {done} 条",
        en="{label}: {done} records given away",
    ),
    "job:sweep:done:transfer:some": Words(
        zh="{label}批量转移完成：已转移 {done} 条，未转移 {refused} 条",
        en="{label}: {done} records given away, {refused} left where they are",
    ),
    "job:sweep:failed": Words(
        zh="{label}批量操作中断：已处理 {done} 条", en="{label}: the bulk act stopped after {done}"
    ),
    "job:sweep:undone": Words(
        zh="{label}批量操作已撤销：恢复 {undone} 条，未恢复 {kept} 条",
        en="{label}: {undone} records are as before, {kept} could not be taken back",
    ),
    "due:today": Words(zh="{what}今天到期", en="{what} is due today"),
    "due:over": Words(zh="{what}已逾期", en="{what} is overdue"),
}
"""The sentences, by kind and by what tells two of a kind apart."""
HELD = Words(
    zh="{work}暂时无法继续，会自动重试：{why}",
    en="{work} is held up and will be tried again by itself: {why}",
)
WORK: Mapping[str, Words] = {
    "import": Words(zh="「{name}」的导入", en="The import of {name}"),
    "export": Words(zh="{label}导出", en="Your export of {label}"),
    "identity": Words(zh="{label}查重", en="The search for duplicates in {label}"),
    "handover": Words(zh="交接", en="The hand-over"),
    "merge": Words(zh="{label}批量合并", en="The merging of {label}"),
    "standardize": Words(zh="{label}标准化", en="The standard run over {label}"),
    "sweep": Words(zh="{label}批量操作", en="The bulk act on {label}"),
}
"""What is held up, by its books."""
TITLED = Words(zh="{label}「{title}」", en="{label} “{title}”")
UNTITLED = Words(zh="一条{label}", en="a record of {label}")
MANY = Words(zh=" {count} 条{label}", en="{count} of {label}")
ALONG = Words(zh="（另有 {count} 条{label}）", en=" (and {count} of {label})")


def sentence(kind: str, facts: Facts) -> Words:
    """Choose the template of a notification; the kind's own if nothing tells it apart."""
    job = str(facts.get("job", "")).partition(".")[0]
    asked = facts.get("wish") if kind == "request" else facts.get("state")
    which = [str(facts["act"])] if asked == "done" and "act" in facts else []
    which += ["some"] if which and facts.get("refused") else []
    named = {
        "job": ":".join(("job", job, f"{asked}", *which)),
        "given": f"given:{facts.get('source')}",
    }.get(kind, f"{kind}:{asked}")
    return ONE.get(named) or ONE.get(kind) or Words(zh="{what}", en="{what}")


def said(kind: str, facts: Facts, language: Language, *, who: str | None, what: str) -> str:
    """Give the sentence, with who did it and what about."""
    if facts.get("state") == "held":
        work = WORK[str(facts["job"]).partition(".")[0]].said(language, facts)
        why: Any = facts["why"]
        return HELD.said(language, {"work": work, "why": why[language]})
    numbers = {key: f"{one:,}" for key, one in facts.items() if type(one) is int}
    told = {"expected": "", **facts, **numbers}
    told |= {"what": what, "who": who or SOMEBODY.said(language)}
    return sentence(kind, facts).said(language, told).strip()
