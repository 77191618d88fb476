import CCommonMark

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Turns the prose of a page into HTML: CommonMark, with formulas and tables, which CommonMark
/// has not.
///
/// Formulas and tables are taken out before the text is read and put back as HTML afterwards, so
/// that nothing in them is mistaken for emphasis or an escape. HTML in a lesson is left out, so
/// that no lesson can run a script in its reader's browser.
struct ProseHTML {
  /// A heading that a table of contents may lead to.
  struct Heading: Hashable {
    let level: Int
    let anchor: String
    /// The heading in plain words.
    let text: String
  }

  private let file: (String) -> [UInt8]?
  private(set) var headings: [Heading] = []
  private var anchors = AnchorMaker()
  private var pieces: [Piece] = []

  /// A formula or a table that was taken out of the text.
  private struct Piece {
    let html: String
    /// What it says where there is no HTML, as in an address.
    let words: String
  }

  /// Private-use characters around the number of a piece; a text that contains them loses them.
  private static let open: Character = "\u{E000}"
  private static let close: Character = "\u{E001}"

  /// `file` gives the bytes of a picture beside the lesson, which go into the page.
  init(file: @escaping (String) -> [UInt8]? = { _ in nil }) {
    self.file = file
  }

  /// Converts one block of prose; headings and their addresses accumulate over a page.
  mutating func html(_ markdown: String) -> String {
    pieces = []
    let text = String(
      markdown.textLines.map { String($0.content) }.joined(separator: "\n")
        .filter { $0 != Self.open && $0 != Self.close })
    let prepared = takingFormulasOut(takingTablesOut(text))
    return withPictures(restored(anchored(Self.commonMark(prepared))))
  }

  private static func commonMark(_ text: String) -> String {
    let options = CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_SAFE
    guard let html = cmark_markdown_to_html(text, text.utf8.count, options) else { return "" }
    defer { cmark_get_default_mem_allocator().pointee.free(html) }
    return String(cString: html)
  }

  private mutating func placeholder(_ html: String, words: String = "") -> String {
    pieces.append(Piece(html: html, words: words))
    return "\(Self.open)\(pieces.count - 1)\(Self.close)"
  }

  // MARK: Taking out

  private mutating func takingTablesOut(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var result: [String] = []
    var fence: Fence?
    var index = 0
    while index < lines.count {
      let line = TextLine(content: lines[index][...], ending: "")
      if let open = fence {
        if open.isClosed(by: line) { fence = nil }
      } else if let opening = Fence(opening: line) {
        fence = opening
      } else if line.indentation < 4, let table = Self.table(at: index, in: lines) {
        result += ["", placeholder(tableHTML(table.table)), ""]
        index += table.lineCount
        continue
      }
      result.append(lines[index])
      index += 1
    }
    return result.joined(separator: "\n")
  }

  private static func table(
    at index: Int, in lines: [String]
  ) -> (table: Markdown.Table, lineCount: Int)? {
    guard index + 1 < lines.count, lines[index].utf8.contains(UInt8(ascii: "|")) else {
      return nil
    }
    let paragraph = lines[index...].prefix { !$0.trimmed.isEmpty }
    guard case .table(let table)? = MarkdownParser.parse(Array(paragraph)).first else {
      return nil
    }
    return (table, table.rows.count + 2)
  }

  private mutating func tableHTML(_ table: Markdown.Table) -> String {
    func cells(_ row: [[Markdown.Inline]], _ name: String) -> String {
      zip(row, table.alignments).map { cell, alignment in
        let style =
          switch alignment {
          case .leading: ""
          case .centre: " class=\"centre\""
          case .trailing: " class=\"trailing\""
          }
        return "<\(name)\(style)>\(Self.html(cell))</\(name)>"
      }.joined()
    }
    let body = table.rows.map { "<tr>\(cells($0, "td"))</tr>" }.joined()
    return "<div class=\"table\"><table><thead><tr>\(cells(table.header, "th"))</tr></thead>"
      + "<tbody>\(body)</tbody></table></div>"
  }

  private static func html(_ inlines: [Markdown.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): text.xmlEscaped
      case .code(let code): "<code>\(code.xmlEscaped)</code>"
      case .emphasis(let inner): "<em>\(html(inner))</em>"
      case .strong(let inner): "<strong>\(html(inner))</strong>"
      case .strikethrough(let inner): "<del>\(html(inner))</del>"
      case .link(let inner, let url):
        isSafe(url) ? "<a href=\"\(url.xmlEscaped)\">\(html(inner))</a>" : html(inner)
      case .image(let alternative, let url):
        isSafe(url) ? "<img src=\"\(url.xmlEscaped)\" alt=\"\(alternative.xmlEscaped)\">" : ""
      case .formula(let latex): MathML.element(latex: latex, isDisplay: false)
      case .lineBreak: "<br>"
      }
    }.joined()
  }

  /// Whether an address is a relative one or one of the web.
  private static func isSafe(_ url: String) -> Bool {
    guard let colon = url.firstIndex(of: ":") else { return true }
    return ["http", "https", "mailto"].contains(url[..<colon].lowercased())
  }

  /// Replaces `$…$` and `$$…$$` outside code by placeholders.
  private mutating func takingFormulasOut(_ text: String) -> String {
    text.mappingParagraphs { paragraph in
      var scanner = FormulaScanner(paragraph)
      var result = ""
      while let part = scanner.next() {
        switch part {
        case .text(let text): result += text
        case .formula(let latex, let isDisplay):
          result += placeholder(
            MathML.element(latex: latex, isDisplay: isDisplay),
            words: MathUnicode.text(latex: latex))
        }
      }
      return result
    }
  }

  // MARK: Putting back

  private func restored(_ html: String) -> String {
    replacingPlaceholders(in: html) { piece, before, after in
      // A table or a displayed formula that is a paragraph of its own needs no paragraph.
      if piece.html.isBlockHTML, before.hasSuffix("<p>"), after.hasPrefix("</p>") {
        before.removeLast("<p>".count)
        after = after.dropFirst("</p>".count)
      }
      return piece.html
    }
  }

  private func replacingPlaceholders(
    in html: String, by text: (Piece, inout String, inout Substring) -> String
  ) -> String {
    var result = ""
    var rest = html[...]
    while let start = rest.firstIndex(of: Self.open) {
      result += rest[..<start]
      rest = rest[rest.index(after: start)...]
      guard let end = rest.firstIndex(of: Self.close), let number = Int(rest[..<end]),
        pieces.indices.contains(number)
      else { continue }
      rest = rest[rest.index(after: end)...]
      let piece = text(pieces[number], &result, &rest)
      result += piece
    }
    return result + rest
  }

  /// Gives every heading its address and notes it.
  private mutating func anchored(_ html: String) -> String {
    var result = ""
    var rest = html[...]
    while let start = rest.firstRange(of: "<h") {
      let level = rest[start.upperBound...].first.flatMap { Int(String($0)) } ?? 0
      guard (1...6).contains(level), let end = rest[start.upperBound...].firstRange(of: "</h")
      else {
        result += rest[..<start.upperBound]
        rest = rest[start.upperBound...]
        continue
      }
      let inner = String(rest[start.upperBound..<end.lowerBound].dropFirst(2))
      let words = replacingPlaceholders(in: inner.withoutTags) { piece, _, _ in piece.words }
      let anchor = anchors.anchor(for: words)
      headings.append(Heading(level: level, anchor: anchor, text: words))
      result +=
        rest[..<start.lowerBound]
        + "<h\(level) id=\"\(anchor.xmlEscaped)\">\(inner)"
      rest = rest[end.lowerBound...]
    }
    return result + rest
  }

  private func withPictures(_ html: String) -> String {
    var result = ""
    var rest = html[...]
    while let start = rest.firstRange(of: "src=\""),
      let end = rest[start.upperBound...].firstIndex(of: "\"")
    {
      result += rest[..<start.upperBound] + pictureAddress(rest[start.upperBound..<end])
      rest = rest[end...]
    }
    return result + rest
  }

  /// A picture beside the lesson becomes a part of the page.
  private func pictureAddress(_ url: Substring) -> String {
    let types = [
      "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
      "svg": "image/svg+xml",
    ]
    let ending = url.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard !url.contains(":"), let type = types[ending], let bytes = file(String(url)) else {
      return String(url)
    }
    return "data:\(type);base64,\(Data(bytes).base64EncodedString())"
  }
}

extension String {
  fileprivate var isBlockHTML: Bool {
    hasPrefix("<div") || hasPrefix("<math") && prefix(80).containsText("display=\"block\"")
  }

  /// The words between the tags, with the characters that HTML escapes.
  var withoutTags: String {
    var text = ""
    var isTag = false
    for character in self {
      if character == "<" { isTag = true }
      if !isTag { text.append(character) }
      if character == ">" { isTag = false }
    }
    for (entity, plain) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
      text = text.split(separator: entity, omittingEmptySubsequences: false)
        .joined(separator: plain)
    }
    return text
  }
}
