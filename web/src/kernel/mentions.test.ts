import { expect, test } from "vitest"
import { asked, filledIn, meant, pieces } from "./mentions"

const QIAN = { id: "1", name: "钱强" }
const LI = { id: "2", name: "李静" }
const LIYI = { id: "3", name: "李静怡" }

test.each([
  ["@", { from: 0, search: "" }],
  ["请@", { from: 1, search: "" }],
  ["请＠qian", { from: 1, search: "qian" }],
  ["已回复 @qian'qiang", { from: 4, search: "qianqiang" }],
  ["a@b", undefined],
  ["发到 sales@haina.cn", undefined],
  ["@钱强 看一下", undefined],
  ["@钱强,看", undefined],
  ["没有", undefined],
])("what is asked for in %s", (text, wanted) => {
  expect(asked(text, text.length)).toEqual(wanted)
})

test("a name is filled in where it was begun", () => {
  const text = "请@qq 看一下"
  const mention = asked(text, 4)
  expect(mention).toEqual({ from: 1, search: "qq" })
  expect(mention && filledIn(text, 4, mention, "钱强")).toEqual({
    text: "请@钱强 看一下",
    caret: 5,
  })
})

test("the longer name is read, and nothing that is not there", () => {
  expect(pieces("@李静怡、@李静和@王五", [LI, LIYI])).toEqual([LIYI, "、", LI, "和@王五"])
  expect(pieces("", [LI])).toEqual([])
})

test("who is taken out of the text is not meant any more; who is called otherwise by now stays", () => {
  const called = [QIAN, LI, LIYI]
  expect(meant(["1", "2"], "@钱强 @李静 ", "@钱强 ", called)).toEqual(["1"])
  expect(meant(["2", "3"], "@李静 @李静怡 ", "@李静怡 ", called)).toEqual(["3"])
  expect(meant(["9"], "@旧名 好", "@旧名 好的", called)).toEqual(["9"])
})
