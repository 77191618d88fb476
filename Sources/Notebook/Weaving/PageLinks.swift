/// Leads the links between lessons to the pages that are made of them, which stand in one folder.
///
/// It changes Markdown before anything else reads it, so that pages of every kind have the same
/// links. A link to a lesson of which there is no page becomes its words.
package struct PageLinks: Sendable {
  /// File names of pages by the names of their lessons, as addresses write them.
  private let pages: [String: String]

  /// `index` is the page that stands for the front page of a folder of lessons, `README.md`.
  package init(lessons names: some Sequence<String> = [], ending: String, index: String? = nil) {
    var pages: [String: String] = index.map { ["README": $0] } ?? [:]
    for name in names {
      let address = name.urlEscaped
      for spelling in [name, address] { pages[spelling] = "\(address).\(ending)" }
    }
    self.pages = pages
  }

  /// File name of a lesson's page, if there is one.
  func page(of name: String) -> String? { pages[name] }

  /// Where a link is to lead; nil if it is to become its words.
  func address(_ url: String) -> String? {
    let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = parts.first, path.hasSuffix(".md"), !url.containsText("://") else {
      return url
    }
    return page(of: Lesson.name(ofPath: String(path)))
      .map { $0 + (parts.count > 1 ? "#" + parts[1] : "") }
  }

  /// The Markdown with its links led to pages; code and formulas stay as they are.
  func applied(to markdown: String) -> String {
    markdown.mappingParagraphs { paragraph in
      var scanner = LinkScanner(paragraph)
      let links = scanner.links()
      return scanner.replacing(links, with: address)
    }
  }
}

/// Finds the links `[words](address)` and the definitions `[name]: address` of a paragraph.
private struct LinkScanner {
  /// A link by where its parts stand in the paragraph.
  struct Link {
    /// From the opening bracket to behind the link.
    let whole: Range<Int>
    /// Nil for a definition, which has no words of its own.
    let words: Range<Int>?
    let address: Range<Int>
  }

  private let characters: [Character]
  private var position = 0

  init(_ text: String) { characters = Array(text) }

  /// The paragraph with another address, or none, for each link; the links are in order of their
  /// ends, and one inside the words of another is no link.
  func replacing(_ links: [Link], with address: (String) -> String?) -> String {
    var result = ""
    var end = 0
    for link in links {
      let old = String(characters[link.address])
      let new = address(old)
      guard new != old, new != nil || link.words != nil else { continue }
      if let new {
        result += String(characters[end..<link.address.lowerBound]) + new
        end = link.address.upperBound
      } else if let words = link.words {
        result += String(characters[end..<link.whole.lowerBound]) + String(characters[words])
        end = link.whole.upperBound
      }
    }
    return result + String(characters[end...])
  }

  mutating func links() -> [Link] {
    var links: [Link] = []
    var openings: [(position: Int, isImage: Bool)] = []
    while position < characters.count {
      switch characters[position] {
      case "\\": position += 2
      case "`", "$": skipVerbatim()
      case "[":
        if let definition = definition() {
          links.append(definition)
        } else {
          openings.append((position, position > 0 && characters[position - 1] == "!"))
          position += 1
        }
      case "]":
        let closing = position
        position += 1
        guard let opening = openings.popLast(), let address = destination() else { continue }
        if opening.isImage { continue }
        // There is no link inside a link.
        openings.removeAll { !$0.isImage }
        links.append(
          Link(
            whole: opening.position..<position, words: opening.position + 1..<closing,
            address: address))
      default: position += 1
      }
    }
    return links
  }

  /// Passes code or a formula, or the sign that begins neither.
  private mutating func skipVerbatim() {
    var scanner = FormulaScanner(characters, at: position)
    if characters[position] == "`" {
      position = scanner.codeEnd
    } else if scanner.scanFormula() != nil {
      position = scanner.end
    } else {
      position += 1
    }
  }

  /// A definition stands at the beginning of a line.
  private mutating func definition() -> Link? {
    let start = position
    let line = characters[..<start].lastIndex(where: \.isNewline).map { $0 + 1 } ?? 0
    guard characters[line..<start].allSatisfy({ $0 == " " }),
      let closing = characters[start...].firstIndex(of: "]"), closing > start + 1,
      closing + 1 < characters.count, characters[closing + 1] == ":"
    else { return nil }
    position = closing + 2
    skipSpace()
    guard let address = bareAddress(), !address.isEmpty else {
      position = start
      return nil
    }
    return Link(whole: start..<position, words: nil, address: address)
  }

  /// Reads `(address "title")`, or leaves the position where it is.
  private mutating func destination() -> Range<Int>? {
    let start = position
    guard peek == "(" else { return nil }
    position += 1
    skipSpace()
    if let address = bareAddress(), skipTitle(), peek == ")" {
      position += 1
      return address
    }
    position = start
    return nil
  }

  private var peek: Character? { position < characters.count ? characters[position] : nil }

  private mutating func skipSpace() {
    while let next = peek, next.isWhitespace { position += 1 }
  }

  private mutating func bareAddress() -> Range<Int>? {
    if peek == "<" {
      guard let end = characters[position...].firstIndex(of: ">") else { return nil }
      defer { position = end + 1 }
      return position + 1..<end
    }
    let start = position
    var open = 0
    while let next = peek, !next.isWhitespace {
      if next == ")", open == 0 { break }
      open += next == "(" ? 1 : next == ")" ? -1 : 0
      position += next == "\\" ? 2 : 1
    }
    position = min(position, characters.count)
    return start..<position
  }

  /// Whether what follows is a title and space, or space alone.
  private mutating func skipTitle() -> Bool {
    skipSpace()
    let marks: [Character: Character] = ["\"": "\"", "'": "'", "(": ")"]
    guard let mark = peek.flatMap({ marks[$0] }) else { return true }
    position += 1
    while let next = peek, next != mark { position += next == "\\" ? 2 : 1 }
    position += 1
    skipSpace()
    return position <= characters.count
  }
}

extension String {
  /// The Markdown with its paragraphs changed, and its code as it was.
  func mappingParagraphs(_ transform: (String) -> String) -> String {
    var result = ""
    var fence: Fence?
    var paragraph = ""
    func settled() -> String {
      defer { paragraph = "" }
      return paragraph.isEmpty ? "" : transform(paragraph)
    }
    for line in textLines {
      let text = line.content + line.ending
      if let open = fence {
        result += text
        if open.isClosed(by: line) { fence = nil }
      } else if let opening = Fence(opening: line, deepestIndentation: 16) {
        result += settled() + text
        fence = opening
      } else if line.isBlank || paragraph.isEmpty && line.indentation >= 4 {
        result += settled() + text
      } else {
        paragraph += text
      }
    }
    return result + settled()
  }

  /// The text as part of an address.
  var urlEscaped: String {
    utf8.map { byte in
      let character = Character(Unicode.Scalar(byte))
      let isPlain =
        byte < 0x80 && (character.isLetter || character.isNumber || "-_.~".contains(character))
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(character) : "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }
}
