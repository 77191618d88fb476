#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Times of something done several times, in microseconds.
struct Timing {
  let median: Double
  let minimum: Double
  let count: Int

  init(_ microseconds: [Double]) {
    let sorted = microseconds.sorted()
    median = sorted.isEmpty ? .nan : sorted[sorted.count / 2]
    minimum = sorted.first ?? .nan
    count = sorted.count
  }

  /// Repeats `body` until `seconds` have passed, at least `least` times; each run counts for
  /// `units` of what is timed.
  static func measure(
    seconds: Double, least: Int = 5, units: Int = 1, _ body: () throws -> Void
  ) rethrows -> Timing {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var times: [Double] = []
    while times.count < least || clock.now < end {
      let start = clock.now
      try body()
      times.append((clock.now - start).seconds * 1e6 / Double(units))
    }
    return Timing(times)
  }
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

/// Most memory that the process has had, in bytes.
func peakMemory() -> Int {
  var usage = rusage()
  #if canImport(Glibc)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  #else
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss
  #endif
}
