/// A curve on a few characters of one line.
package enum Sparkline {
  private static let blocks = Array("▁▂▃▄▅▆▇█")
  private static let strokes = Array("_.-'")

  /// Averages `values` into `width` characters between their lowest and highest.
  ///
  /// What is not finite leaves a space; a constant curve is low.
  package static func text(_ values: [Float], width: Int, unicode: Bool) -> String {
    let count = min(width, values.count)
    guard count > 0 else { return "" }
    let means = (0..<count).map { index -> Double? in
      let part = values[index * values.count / count..<(index + 1) * values.count / count]
      let finite = part.filter(\.isFinite)
      guard !finite.isEmpty else { return nil }
      return finite.reduce(0.0) { $0 + Double($1) } / Double(finite.count)
    }
    let known = means.compactMap(\.self)
    let low = known.min() ?? 0
    let span = (known.max() ?? 0) - low
    let glyphs = unicode ? blocks : strokes
    return String(
      means.map { mean -> Character in
        guard let mean else { return " " }
        guard span > 0 else { return glyphs[0] }
        return glyphs[Int(((mean - low) / span * Double(glyphs.count - 1)).rounded())]
      })
  }
}
