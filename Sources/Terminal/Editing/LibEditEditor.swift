import CLibEdit
import Evaluation
import Typography

/// A line editor on libedit: editing, history, completion, input of many lines.
///
/// An input of many lines is one buffer: Enter adds a line while the text is incomplete, and every
/// line can be edited until the whole is handed over.
package final class LibEditEditor: LineEditor {
  package let isInteractive = true
  package private(set) var history: [String] = []

  let editor: OpaquePointer
  let signals: TerminalSignals
  let style: PromptStyle
  let height: () -> Int
  let width: () -> Int

  var text = CellText()
  var decoder = KeyDecoder()
  var assistant: InputAssistant?
  /// Set by the key that ends an input; libedit only learns that the line is over.
  var event: InputEvent?
  /// What the next private key brings with it.
  var combiningMark: Unicode.Scalar?
  var paste: String?
  var candidates: [Completions.Candidate] = []
  var cursorBeforeList = 0
  /// Parts of an input that is taller than the screen.
  var linesAbove: [Unicode.Scalar] = []
  var linesBelow: [Unicode.Scalar] = []
  /// The search that has the keys, and the input as it was before.
  var search: (search: HistorySearch, before: LineMovement)?
  /// The key that has ended a search, for the editor to take next.
  var heldKey: KeyDecoder.Key?
  var isVi = false
  /// The buffer after a Tab, to know a second one.
  var afterTab: (cells: [Unicode.Scalar], cursor: Int)?

  private let echo = TerminalEcho()
  private let stream: UnsafeMutablePointer<FILE>
  private let recalled: OpaquePointer
  private let historyFile: HistoryFile?
  private let firstPrompt: UnsafeMutablePointer<wchar_t>
  private let linePrompt: UnsafeMutablePointer<wchar_t>
  private var searchPrompt: (label: String, text: UnsafeMutablePointer<wchar_t>)?
  private var filter: ScreenFilter

  /// Nothing if this machine cannot edit Unicode text or the terminal cannot be edited on.
  package init?(
    signals: TerminalSignals, style: PromptStyle, historyFile: HistoryFile?,
    width: @escaping () -> Int = { TerminalCapabilities.currentWidth() },
    height: @escaping () -> Int = { TerminalCapabilities.currentHeight() }
  ) {
    guard edit_use_unicode_locale() == 1 else { return nil }
    let relay = FilterRelay()
    guard
      let stream = edit_open_stream(Unmanaged.passRetained(relay).toOpaque(), writeFiltered),
      let editor = edit_open("latent", stream)
    else { return nil }
    self.stream = stream
    self.editor = editor
    self.signals = signals
    self.style = style
    self.historyFile = historyFile
    self.width = width
    self.height = height
    recalled = edit_open_history(editor, Int32(HistoryFile.capacity))
    firstPrompt = style.libEditPrompt(style.prompt, PromptStyle.promptColour)
    linePrompt = style.libEditPrompt(style.continuation, PromptStyle.continuationColour)
    filter = ScreenFilter(lineMark: style.colouredContinuation)
    relay.editor = self
    edit_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    edit_set_prompt(editor) { LibEditEditor.of($0).currentPrompt }
    edit_set_reader(editor) { LibEditEditor.of($0).readCell(into: $1) }
    bindKeys()
    for input in historyFile?.load() ?? [] { recall(input) }
  }

  /// The object behind libedit's handle.
  static func of(_ editor: OpaquePointer?) -> LibEditEditor {
    Unmanaged<LibEditEditor>.fromOpaque(edit_owner(editor)).takeUnretainedValue()
  }

  package func readInput(_ assistant: InputAssistant) -> InputEvent {
    self.assistant = assistant
    event = nil
    afterTab = nil
    search = nil
    heldKey = nil
    setPrompt(nil)
    linesAbove = []
    linesBelow = []
    signals.beginEditing()
    setPasteMarks(true)
    defer {
      setPasteMarks(false)
      // A signal that ends the process must leave the terminal as it was.
      echo.turnOn()
      signals.endEditing()
      self.assistant = nil
      // What is typed while a cell runs is shown by the editor, when it reads, and nowhere else.
      echo.turnOff()
    }
    var count: Int32 = 0
    let line = el_wgets(editor, &count)
    if let event { return event }
    guard let line, count > 0 else { return .endOfInput }
    return .text(trimmedInput(text.text(of: scalars(from: line, count: Int(count)))))
  }

  package func leave() { echo.turnOn() }

  package func addHistory(_ input: String) {
    guard history.last != input else { return }
    recall(input)
    historyFile?.append(input)
  }

  private func recall(_ input: String) {
    history.append(input)
    edit_enter_history(recalled, text.cells(of: input).wide)
  }

  /// The first line on the screen is not always the first of the input.
  private var currentPrompt: UnsafeMutablePointer<wchar_t> {
    if let searchPrompt { return searchPrompt.text }
    return linesAbove.isEmpty ? firstPrompt : linePrompt
  }

  var promptWidth: Int { DisplayWidth.of(searchPrompt?.label ?? style.prompt) + 1 }

  /// Shows another mark than the usual one, or that one again.
  func setPrompt(_ label: String?) {
    searchPrompt?.text.deallocate()
    searchPrompt = label.map { ($0, style.libEditPrompt($0, PromptStyle.promptColour)) }
  }

  /// Asks the terminal to mark pasted text, or not to.
  func setPasteMarks(_ isOn: Bool) {
    StandardStream.output.write(isOn ? "\u{1B}[?2004h" : "\u{1B}[?2004l")
  }

  fileprivate func show(_ bytes: UnsafeRawBufferPointer) {
    filter.filtered(bytes, with: text).withUnsafeBytes { StandardStream.output.write($0) }
  }
}

/// libedit's stream is opened before the editor exists that filters it.
private final class FilterRelay {
  weak var editor: LibEditEditor?
}

private func writeFiltered(
  _ owner: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<CChar>?, _ count: edit_write_size
) -> edit_write_count {
  guard let owner else { return -1 }
  let relay = Unmanaged<FilterRelay>.fromOpaque(owner).takeUnretainedValue()
  relay.editor?.show(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
  return edit_write_count(count)
}
