extension Double {
  /// The number with `digits` digits behind the point, rounded half away from zero.
  func decimal(digits: Int) -> String {
    guard isFinite, magnitude < 1e15 else { return "\(self)" }
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = Int64((magnitude * scale).rounded())
    let sign = self < 0 && scaled != 0 ? "-" : ""
    let whole = scaled / Int64(scale)
    guard digits > 0 else { return "\(sign)\(whole)" }
    let fraction = String(scaled % Int64(scale))
    let zeros = String(repeating: "0", count: digits - fraction.utf8.count)
    return "\(sign)\(whole).\(zeros)\(fraction)"
  }
}

extension Duration {
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
