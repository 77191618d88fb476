import Codecs
import Testing

@testable import Datasets

@Suite struct CSVTests {
  private func read(
    _ text: String, header: CSV.Header = .guessed, words: Set<String> = []
  ) throws -> TextTable {
    try CSV.decode(bytes(text), header: header, words: words, limit: roomy)
  }

  @Test func aHeaderIsRecognized() throws {
    let named = try read("x,y\n1,2\n3,4\n")
    #expect(
      named == TextTable(names: ["x", "y"], columns: [.numbers([1, 3]), .numbers([2, 4])]))
    let bare = try read("5.1,Iris\n4.9,Rose")
    #expect(
      bare == TextTable(names: nil, columns: [.numbers([5.1, 4.9]), .words(["Iris", "Rose"])]))
    #expect(try read("a\nb\n", header: .absent).columns == [.words(["a", "b"])])
    #expect(try read("1\n2\n", header: .present).names == ["1"])
    #expect(try read("x,x,\n1,2,3\n").names == ["x", "x_2", "column_3"])
    #expect(try read("").columns.isEmpty)
    #expect(try read("x,y\n").columns == [.numbers([]), .numbers([])])
  }

  @Test func quotesLineEndsAndSpaces() throws {
    let table = try read(
      "\u{feff}name, value\r\n\"a, \"\"b\"\"\nc\", 1\r\n\r\nμ , -2e-3\r\"\",+.5")
    #expect(table.names == ["name", "value"])
    #expect(table.columns == [.words(["a, \"b\"\nc", "μ", ""]), .numbers([1, -2e-3, 0.5])])
    let tabs = try CSV.decode(bytes("1\t2,5\n"), separator: "\t", limit: roomy)
    #expect(tabs.columns == [.numbers([1]), .words(["2,5"])])
  }

  @Test func whatIsMissingIsNotANumber() throws {
    guard case .numbers(let values) = try read("x\n\"\"\nNA\n1\ninf\n").columns[0] else {
      Issue.record("a column of numbers was read as words")
      return
    }
    #expect(values[0].isNaN && values[1].isNaN && values[2] == 1 && values[3] == .infinity)
    #expect(try read("x\nNA\nb\n").columns == [.words(["NA", "b"])])
  }

  @Test func columnsCanBeKeptAsWords() throws {
    #expect(try read("id,x\n12,1\nA7,2\n", words: ["id"]).columns[0] == .words(["12", "A7"]))
    #expect(try read("1,2\n", words: ["column_2"]).columns[1] == .words(["2"]))
    #expect(throws: FormatError.self) { try read("a,b\n1,2\n", words: ["c"]) }
  }

  @Test func damageIsPlaced() {
    func fail(_ text: String, limit: Int = roomy) -> FormatError? {
      failure { () throws(FormatError) in try CSV.decode(bytes(text), limit: limit) }
    }
    let kind = fail("x,y\na,2\n\"b\n\",4\nc,six\n")
    #expect(kind?.place == .cell(line: 5, column: 2))
    #expect(
      kind?.problem == .unexpected(found: "`six`", expected: "a number, as above in `y`"))
    let ragged = fail("1,2\n3\n")
    #expect(ragged?.place == .cell(line: 2, column: 1))
    #expect(ragged?.problem == .unexpected(found: "1 cells", expected: "2 as in the first line"))
    #expect(fail("a\n\"b\n\nc")?.place == .cell(line: 2, column: 1))
    #expect(fail("a\n\"b\"c\n")?.place == .cell(line: 2, column: 1))
    #expect(fail("1\n2\n3\n", limit: 8)?.problem != nil)
    let invalid = failure { () throws(FormatError) in
      try CSV.decode([49, 44, 0xff], limit: roomy)
    }
    #expect(invalid?.place == .cell(line: 1, column: 2))
  }

  @Test func readsWhatItWrites() throws {
    let table = TextTable(
      names: ["plain", "a \"quoted\", name"],
      columns: [
        .numbers([1, -0.1, 1e-30, 16_777_216]), .words(["", "x,y", "two\nlines", "\"q\""]),
      ])
    let text = CSV.encode(table)
    #expect(try CSV.decode(text, limit: roomy) == table)
    #expect(
      String(
        decoding: CSV.encode(TextTable(names: nil, columns: [.numbers([1, 2.5])])), as: UTF8.self)
        == "1\n2.5\n")
  }
}
