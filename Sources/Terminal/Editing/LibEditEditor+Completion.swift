import CLibEdit
import Evaluation

extension LibEditEditor {
  /// Tab: completes what is certain; pressed again, lists what is possible.
  func complete() -> KeyEffect {
    let isSecond = afterTab.map { $0.cells == cells && $0.cursor == cursor } ?? false
    let result = takeStep(listing: isSecond)
    afterTab = (cells, cursor)
    return result
  }

  private func takeStep(listing: Bool) -> KeyEffect {
    let whole = whole
    let input = text.text(of: whole.cells)
    let before = text.text(of: whole.cells[..<whole.cursor])
    guard let assistant else { return .beep }
    if isIndentation(before) {
      insert([" ", " "])
      return .refresh
    }
    switch CompletionStep(assistant.completions(input, before.utf8.count), in: input) {
    case .nothing:
      return .beep
    case .replace(let start, let end, let replacement):
      replace(start, end, of: input, with: replacement)
      return .refresh
    case .ambiguous(let candidates):
      guard listing else { return .beep }
      self.candidates = candidates
      // The list goes below the text: libedit moves there, then the private key draws it.
      cursorBeforeList = cursor
      move(to: cells.count)
      push(.list)
      return .refresh
    }
  }

  /// Whether the cursor stands in the indentation of a continuation line, where Tab indents.
  private func isIndentation(_ before: String) -> Bool {
    guard let newline = before.lastIndex(of: "\n") else { return false }
    return before[newline...].allSatisfy(\.isWhitespace)
  }

  /// Replaces UTF-8 offsets of the text and leaves the cursor behind what is new.
  private func replace(_ start: Int, _ end: Int, of input: String, with replacement: String) {
    let bytes = Array(input.utf8)
    guard 0 <= start, start <= end, end <= bytes.count else { return }
    let oldCount = text.cells(of: String(decoding: bytes[start..<end], as: UTF8.self)).count
    let place = text.cells(of: String(decoding: bytes[..<end], as: UTF8.self)).count
    move(to: place - linesAbove.count)
    el_deletestr(editor, Int32(oldCount))
    insert(text.cells(of: replacement))
  }

  /// Draws the list below the text, and the prompt with the text again below the list.
  func showCandidates() -> KeyEffect {
    let lines = CandidateList.lines(candidates, width: width(), height: max(height() - 2, 2))
    candidates = []
    StandardStream.output.write("\n" + lines.map { $0 + "\n" }.joined())
    move(to: cursorBeforeList)
    edit_redraw(editor)
    return .nothing
  }
}
