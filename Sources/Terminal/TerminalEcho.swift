import Synchronization

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Keeps a terminal from showing the keys that are pressed while nobody reads them: they would tear
/// apart what is written then. The keys are not lost: who reads next gets them.
package final class TerminalEcho: Sendable {
  private let before = Mutex<termios?>(nil)

  package init() {}

  package func turnOff() {
    before.withLock { before in
      var settings = termios()
      // A job in the background must leave the terminal to the one in front.
      guard before == nil, tcgetpgrp(STDIN_FILENO) == getpgrp(),
        tcgetattr(STDIN_FILENO, &settings) == 0, settings.c_lflag & tcflag_t(ECHO) != 0
      else { return }
      before = settings
      settings.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    }
  }

  package func turnOn() {
    before.withLock { before in
      guard var settings = before else { return }
      before = nil
      guard tcgetpgrp(STDIN_FILENO) == getpgrp() else { return }
      tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    }
  }
}
