import Evaluation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The process's signals, as a flag for Ctrl-C and as a pipe that an editor can wait on.
///
/// A handler may touch almost nothing: it raises the flag and writes one byte to the pipe. All that
/// a signal means happens later, in the code that reads the pipe.
package final class TerminalSignals: Sendable {
  /// Raised by Ctrl-C until somebody resets it.
  package let interruption: Interruption
  let readDescriptor: Int32

  /// Handles Ctrl-C from now on, for the rest of the process.
  package init(interruption: Interruption) {
    self.interruption = interruption
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
    }
    readDescriptor = ends[0]
    handlerPipe = ends[1]
    handlerInterruption = Unmanaged.passRetained(interruption)
    handle(SIGINT)
  }

  /// Signals that would leave the terminal in the editor's state or need a redraw.
  private static let editing = [SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGQUIT]

  private static let fatal = [SIGTERM, SIGHUP, SIGQUIT]

  /// Sends the signals that concern a line editor through the pipe.
  func beginEditing() {
    _ = pending()
    interruption.reset()
    for signal in Self.editing where !isIgnored(signal) { handle(signal) }
  }

  func endEditing() {
    for signal in Self.editing where !isIgnored(signal) { letDefault(signal) }
    // One that came while the last key was being worked on must not be lost.
    for signal in pending() where Self.fatal.contains(signal) { die(of: signal) }
  }

  /// Takes what the pipe holds.
  func pending() -> [Int32] {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(readDescriptor, &bytes, bytes.count)
    return count > 0 ? bytes[..<count].map(Int32.init) : []
  }

  /// Stops the process as Ctrl-Z does, and returns when it goes on.
  func suspend() {
    letDefault(SIGTSTP)
    raise(SIGTSTP)
    handle(SIGTSTP)
    _ = pending()
  }

  /// Ends the process the way it would have ended without a handler.
  func die(of signal: Int32) {
    letDefault(signal)
    raise(signal)
  }

  /// What started this process may have asked for that (`nohup`), and it stays so.
  private func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    sigaction(signal, nil, &action)
    return unsafeBitCast(action.handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private func handle(_ signal: Int32) {
    var action = sigaction()
    action.setHandler(signalHandler)
    action.sa_flags = SA_RESTART
    sigaction(signal, &action, nil)
  }

  private func letDefault(_ signal: Int32) {
    var action = sigaction()
    action.setHandler(SIG_DFL)
    sigaction(signal, &action, nil)
  }
}

// A handler has no argument to carry these; they are set once, before the first handler is.
private nonisolated(unsafe) var handlerPipe: Int32 = -1
private nonisolated(unsafe) var handlerInterruption: Unmanaged<Interruption>?

private func signalHandler(_ signal: Int32) {
  let savedError = errno
  if signal == SIGINT { handlerInterruption?._withUnsafeGuaranteedRef { $0.raise() } }
  var byte = UInt8(truncatingIfNeeded: signal)
  _ = write(handlerPipe, &byte, 1)
  errno = savedError
}

extension sigaction {
  fileprivate mutating func setHandler(_ handler: (@convention(c) (Int32) -> Void)?) {
    #if canImport(Darwin)
      __sigaction_u.__sa_handler = handler
    #else
      __sigaction_handler.sa_handler = handler
    #endif
  }

  fileprivate var handler: (@convention(c) (Int32) -> Void)? {
    #if canImport(Darwin)
      __sigaction_u.__sa_handler
    #else
      __sigaction_handler.sa_handler
    #endif
  }
}
