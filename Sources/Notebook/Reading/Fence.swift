/// The line that opens a fenced block of Markdown.
package struct Fence: Sendable, Hashable {
  package var marker: Marker
  /// Number of marker characters, three or more.
  package var length: Int
  /// Number of spaces before the marker, three or less; as many are taken off each line inside.
  package var indentation: Int
  /// The text behind the marker, without spaces around it.
  package var info: String

  package enum Marker: UInt8, Sendable, Hashable {
    case backtick = 0x60
    case tilde = 0x7E
  }

  package init(marker: Marker, length: Int, indentation: Int, info: String) {
    self.marker = marker
    self.length = length
    self.indentation = indentation
    self.info = info
  }

  /// Reads an opening line as CommonMark does, or nil if the line opens no fence.
  init?(opening line: TextLine, deepestIndentation: Int = 3) {
    let bytes = line.content.utf8
    let indentation = line.indentation
    guard indentation <= deepestIndentation,
      let marker = bytes.dropFirst(indentation).first.flatMap(Marker.init(rawValue:))
    else { return nil }
    let length = bytes.dropFirst(indentation).prefix { $0 == marker.rawValue }.count
    guard length >= 3 else { return nil }
    let info = Substring(bytes.dropFirst(indentation + length))
    if marker == .backtick, info.utf8.contains(.backtick) { return nil }
    self.init(
      marker: marker, length: length, indentation: indentation, info: info.trimmed)
  }

  /// Whether the line ends the block that this fence opened.
  func isClosed(by line: TextLine) -> Bool {
    let rest = line.content.utf8.drop { $0 == .space }
    guard line.indentation <= 3 else { return false }
    let run = rest.prefix { $0 == marker.rawValue }.count
    return run >= length && rest.dropFirst(run).allSatisfy { $0 == .space || $0 == .tab }
  }

  /// The lines of a block's body without the fence's indentation.
  func unindentedLines(of body: String) -> [String] {
    body.textLines.map { line in
      String(Substring(line.content.utf8.dropFirst(min(line.indentation, indentation))))
    }
  }
}
