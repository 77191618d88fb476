/// How numbers are written everywhere: the shortest sensible decimal, the same on every machine.
package enum NumberFormat {
  /// Digits that a number shows unless it is a whole number, which shows all of them.
  package static let significantDigits = 5

  /// Whole numbers from here on, and fractions below `smallest`, are written with an exponent.
  private static let largest = 1e9
  private static let smallest = 1e-4

  /// A number as a learner reads it: `14`, `0.04923`, `1e-5`, `nan`, `-inf`.
  package static func format(_ value: Float, significant: Int = significantDigits) -> String {
    format(Double(value), significant: significant)
  }

  package static func format(_ value: Double, significant: Int = significantDigits) -> String {
    if let word = nonFinite(value) { return word }
    let magnitude = value.magnitude
    if magnitude == 0 { return "0" }
    if magnitude < largest, magnitude == magnitude.rounded(.towardZero) {
      return sign(value) + String(Int64(magnitude))
    }
    if magnitude < smallest || magnitude >= largest {
      return scientific(value, significant: significant)
    }
    let decimals = max(0, significant - 1 - exponent(of: magnitude))
    return trimmingZeros(fixed(value, decimals))
  }

  /// A number with exactly `digits` digits after the point, as `{x:.4}` asks for.
  package static func format(_ value: Float, digits: Int) -> String {
    format(Double(value), digits: digits)
  }

  package static func format(_ value: Double, digits: Int) -> String {
    if let word = nonFinite(value) { return word }
    return fixed(value, min(max(digits, 0), 15))
  }

  /// A count with separators between thousands: `201,474`.
  package static func grouped(_ count: Int) -> String {
    let digits = String(count.magnitude)
    var text = count < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// The mantissa and exponent form, `1.5e-7`, which the language reads back.
  package static func scientific(
    _ value: Double, significant: Int = significantDigits
  ) -> String {
    if let word = nonFinite(value) { return word }
    if value == 0 { return "0" }
    var power = exponent(of: value.magnitude)
    var mantissa = scaled(value.magnitude, byPowerOfTen: -power)
    let unit = powerOfTen(significant - 1)
    mantissa = (mantissa * unit).rounded(.toNearestOrEven) / unit
    if mantissa >= 10 {
      mantissa /= 10
      power += 1
    }
    return sign(value) + trimmingZeros(fixed(mantissa, significant - 1)) + "e\(power)"
  }

  /// The decimals that `value` needs to show `significant` digits, without trailing zeros.
  package static func decimalsNeeded(_ value: Double, significant: Int) -> Int {
    guard value.isFinite, value != 0 else { return 0 }
    let decimals = max(0, significant - 1 - exponent(of: value.magnitude))
    let text = trimmingZeros(fixed(value, min(decimals, 15)))
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return 0 }
    return text.utf8.distance(from: point, to: text.utf8.endIndex) - 1
  }

  /// The power of ten of the first digit of a positive finite number.
  package static func exponent(of magnitude: Double) -> Int {
    guard magnitude > 0, magnitude.isFinite else { return 0 }
    // log10(2) times the binary exponent is off by one at most; comparing settles it.
    var power = Int((Double(magnitude.exponent) * 0.301_029_995_663_981_2).rounded(.down))
    while scaled(magnitude, byPowerOfTen: -power) >= 10 { power += 1 }
    while scaled(magnitude, byPowerOfTen: -power) < 1 { power -= 1 }
    return power
  }

  package static func powerOfTen(_ power: Int) -> Double {
    var result = 1.0
    for _ in 0..<power.magnitude { result *= 10 }
    return power < 0 ? 1 / result : result
  }

  /// Multiplying by 10ⁿ and dividing by it round once each, so that 0.3 stays 0.3.
  private static func scaled(_ value: Double, byPowerOfTen power: Int) -> Double {
    power >= 0 ? value * powerOfTen(power) : value / powerOfTen(-power)
  }

  private static func nonFinite(_ value: Double) -> String? {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return nil
  }

  private static func sign(_ value: Double) -> String { value < 0 ? "-" : "" }

  private static func fixed(_ value: Double, _ decimals: Int) -> String {
    let unit = powerOfTen(decimals)
    let count = (value.magnitude * unit).rounded(.toNearestOrEven)
    guard count < 9e18 else { return scientific(value) }
    let digits = String(Int64(count))
    let prefix = value < 0 && count > 0 ? "-" : ""
    if decimals == 0 { return prefix + digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return prefix + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  private static func trimmingZeros(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var kept = Substring(text)
    while kept.last == "0" { kept.removeLast() }
    if kept.last == "." { kept.removeLast() }
    return kept == "-0" ? "0" : String(kept)
  }
}
