import CLibEdit
import Evaluation
import Typography

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What libedit reads instead of the terminal: scalars, with private keys for what is not a key.
extension LibEditEditor {
  /// libedit knows 256 keys; these are control characters that no keyboard sends.
  enum PrivateKey: UInt8, CaseIterable {
    case submit = 0x80
    case combine
    case paste
    case list
    case previousInput
    case nextInput
    case search
    case endSearch
    case closeBrace
    case fitWindow
    case killRest
    case deleteNext

    var character: wchar_t { wchar_t(rawValue) }
    /// The key as `bind` reads it.
    var name: String { "\\" + String(rawValue, radix: 8) }

    /// What libedit does for it.
    var function: String {
      switch self {
      case .submit: "ed-newline"
      case .combine: "latent-combine"
      case .paste: "latent-paste"
      case .list: "latent-list"
      case .previousInput: "ed-prev-history"
      case .nextInput: "ed-next-history"
      case .search: "latent-search-on"
      case .endSearch: "latent-search-end"
      case .closeBrace: "latent-close-brace"
      case .fitWindow: "latent-fit-window"
      case .killRest: "ed-kill-line"
      case .deleteNext: "ed-delete-next-char"
      }
    }
  }

  /// libedit's read function: 1 for a scalar, 0 for the end of input.
  func readCell(into cell: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    // A function of libedit that reads a key of its own may have swallowed the key that ends this.
    if event != nil { return give(.submit, cell) }
    if let key = heldKey {
      heldKey = nil
      if give(key, cell) { return 1 }
    }
    while true {
      switch decoder.next() {
      case .key(let key):
        if give(key, cell) { return 1 }
      case .mayContinue:
        if fillDecoder(waitingMilliseconds: 30) == .nothing,
          case .key(let key) = decoder.next(isFinal: true), give(key, cell)
        {
          return 1
        }
      case .needsMore:
        // Not earlier: a key may be several scalars, which nothing must come between.
        if isTooTall || isTorn { return give(.fitWindow, cell) }
        switch fillDecoder(waitingMilliseconds: -1) {
        case .end: return 0
        case .interrupted: return give(.submit, cell)
        case .bytes, .nothing: continue
        }
      }
    }
  }

  private func give(_ key: PrivateKey, _ cell: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    cell?.pointee = key.character
    return 1
  }

  /// Whether libedit gets a scalar for the key.
  private func give(
    _ key: KeyDecoder.Key, _ cell: UnsafeMutablePointer<wchar_t>?
  ) -> Bool {
    if search != nil {
      cell?.pointee = searchStep(key).character
      return true
    }
    switch key {
    case .paste(let text):
      paste = text
      cell?.pointee = PrivateKey.paste.character
    case .scalar(let scalar) where (0x80..<0xA0).contains(scalar.value):
      return false
    case .scalar(let scalar) where scalar.value > 0xFF && DisplayWidth.of(scalar) == 0:
      combiningMark = scalar
      cell?.pointee = PrivateKey.combine.character
    case .scalar(let scalar):
      let closesBlock = scalar == "}" && !isVi
      cell?.pointee = closesBlock ? PrivateKey.closeBrace.character : wchar_t(scalar.value)
    }
    return true
  }

  private enum Arrival {
    case bytes
    case nothing
    case interrupted
    case end
  }

  private func fillDecoder(waitingMilliseconds: Int32) -> Arrival {
    let ready = edit_wait(STDIN_FILENO, signals.readDescriptor, waitingMilliseconds)
    if ready & EDIT_WAIT_SIGNAL != 0 {
      for signal in signals.pending() { react(to: signal) }
      if event != nil { return .interrupted }
    }
    guard ready & EDIT_WAIT_INPUT != 0 else { return .nothing }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    guard count > 0 else { return count < 0 && errno == EINTR ? .nothing : .end }
    decoder.append(bytes[..<count])
    return .bytes
  }

  private func react(to signal: Int32) {
    switch signal {
    case SIGINT:
      event = .interrupted
      signals.interruption.reset()
      decoder.abandonPaste()
    case SIGWINCH:
      redrawAfterResize()
    case SIGTSTP:
      releaseTerminal()
      signals.suspend()
      takeTerminal()
      edit_redraw(editor)
    case SIGCONT:
      takeTerminal()
      redrawAfterResize()
    default:
      releaseTerminal()
      signals.die(of: signal)
    }
  }

  private func releaseTerminal() {
    edit_prepare_terminal(editor, 0)
    setPasteMarks(false)
    StandardStream.output.write("\n")
  }

  private func takeTerminal() {
    edit_prepare_terminal(editor, 0)
    edit_prepare_terminal(editor, 1)
    setPasteMarks(true)
  }

  /// Terminals wrap their lines anew when they change: the prompt is as far above the cursor as the
  /// text before the cursor takes at the new width.
  private func redrawAfterResize() {
    let rows = ScreenRows.count(
      of: Array(cells[..<cursor]), promptWidth: promptWidth, width: width())
    let up = rows > 1 ? "\u{1B}[\(rows - 1)A" : ""
    StandardStream.output.write("\r\(up)\u{1B}[J")
    el_resize(editor)
    edit_redraw(editor)
  }
}
