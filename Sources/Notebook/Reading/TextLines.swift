/// One line of a text: its content and the characters that end it.
struct TextLine: Hashable {
  /// Without the line end.
  var content: Substring
  /// `"\n"`, `"\r\n"`, or nothing at the end of a text.
  var ending: Substring

  var isBlank: Bool { content.utf8.allSatisfy { $0 == .space || $0 == .tab } }

  /// Number of spaces that the line begins with.
  var indentation: Int { content.utf8.prefix { $0 == .space }.count }
}

extension String {
  /// The lines of the text; joining content and endings gives the text back.
  ///
  /// Works on bytes, because Swift takes `"\r\n"` for one character.
  var textLines: [TextLine] {
    var lines: [TextLine] = []
    var start = utf8.startIndex
    while start < utf8.endIndex {
      let newline = utf8[start...].firstIndex(of: .newline)
      var contentEnd = newline ?? utf8.endIndex
      let end = newline.map { utf8.index(after: $0) } ?? utf8.endIndex
      if newline != nil, contentEnd > start {
        let last = utf8.index(before: contentEnd)
        if utf8[last] == .carriageReturn { contentEnd = last }
      }
      lines.append(TextLine(content: self[start..<contentEnd], ending: self[contentEnd..<end]))
      start = end
    }
    return lines
  }

  /// Whether both texts are the same bytes; `==` takes `é` and `e` + accent for equal.
  func hasSameBytes(as other: String) -> Bool {
    utf8.elementsEqual(other.utf8)
  }
}

extension StringProtocol {
  /// The text without spaces and tabs at both ends.
  var trimmed: String {
    let isSpace = { (byte: UInt8) in
      byte == .space || byte == .tab || byte == .newline || byte == .carriageReturn
    }
    var bytes = Substring(self).utf8
    bytes = bytes.drop(while: isSpace)
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    return String(Substring(bytes))
  }
}

extension UInt8 {
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let backtick = UInt8(ascii: "`")
  static let tilde = UInt8(ascii: "~")
}
