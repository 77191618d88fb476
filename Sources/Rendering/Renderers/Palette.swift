/// Colours that colour-blind people can tell apart and that read on light and dark backgrounds: on
/// white and on black, series and strokes have a contrast of 3:1.
///
/// Source: Okabe and Ito, Color Universal Design, jfly.uni-koeln.de/color (2008), the first series
/// colours; the others by search for the largest distance as seen with and without red or green
/// cones (Machado et al. 2009); the viridis map of Smith and van der Walt (2015) for levels.
package enum Palette {
  package struct RGB: Sendable, Hashable {
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8

    package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
      self.red = red
      self.green = green
      self.blue = blue
    }

    /// `#0072b2`.
    package var hex: String {
      "#"
        + [red, green, blue].map { byte in
          (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
  }

  private static let terminalSeries = [32, 166, 29, 169, 93, 96, 246, 197, 99, 200]
  static let faint256 = 245
  static let wrong256 = 160
  static let right256 = 36

  private static let pageSeries = [
    RGB(0x00, 0x72, 0xb2), RGB(0xd5, 0x5e, 0x00), RGB(0x00, 0x9e, 0x73), RGB(0xcc, 0x79, 0xa7),
    RGB(0x7e, 0x00, 0xfc), RGB(0x7e, 0x54, 0x2a), RGB(0x54, 0x7e, 0x7e), RGB(0xfc, 0x00, 0x54),
    RGB(0x2a, 0x54, 0xd2), RGB(0xfc, 0x2a, 0xd2),
  ]

  /// Further series have the same colours again.
  static var seriesCount: Int { pageSeries.count }

  static func series256(_ index: Int) -> Int { terminalSeries[index % terminalSeries.count] }

  package static func series(_ index: Int) -> RGB { pageSeries[index % pageSeries.count] }

  private static let viridis = [
    RGB(68, 1, 84), RGB(71, 44, 122), RGB(59, 81, 139), RGB(44, 113, 142), RGB(33, 144, 141),
    RGB(39, 173, 129), RGB(92, 200, 99), RGB(170, 220, 50), RGB(253, 231, 37),
  ]

  /// From slate over blue and violet to orange, nowhere light or dark.
  private static let strokes = [
    RGB(100, 125, 160), RGB(60, 110, 215), RGB(135, 85, 215), RGB(200, 50, 140), RGB(225, 85, 20),
  ]

  package static func color(ofLevel level: UInt8) -> RGB { color(level, on: viridis) }

  static func strokeColor(ofLevel level: UInt8) -> RGB { color(level, on: strokes) }

  private static func color(_ level: UInt8, on map: [RGB]) -> RGB {
    let place = Double(level) / 255 * Double(map.count - 1)
    let index = min(Int(place), map.count - 2)
    let share = place - Double(index)
    func mix(_ part: (RGB) -> UInt8) -> UInt8 {
      let low = Double(part(map[index]))
      return UInt8((low + share * (Double(part(map[index + 1])) - low)).rounded())
    }
    return RGB(mix(\.red), mix(\.green), mix(\.blue))
  }

  /// The first level of each terminal colour: near viridis, and each lighter than the one before,
  /// which the nearest colours are not.
  private static let terminalLevels: [(first: UInt8, color: Int)] = [
    (0, 53), (25, 54), (51, 24), (95, 30), (139, 36), (185, 77), (215, 149), (225, 184), (236, 220),
  ]

  static func level256(_ level: UInt8) -> Int {
    terminalLevels.last { $0.first <= level }?.color ?? terminalLevels[0].color
  }

  /// The closest colour of the 6×6×6 cube or the gray ramp.
  static func nearest256(_ color: RGB) -> Int {
    let steps = [0, 95, 135, 175, 215, 255]
    let parts = [color.red, color.green, color.blue].map(Int.init)
    let cube = parts.map { part in
      steps.indices.min { abs(steps[$0] - part) < abs(steps[$1] - part) } ?? 0
    }
    let gray = min(max((parts.reduce(0, +) / 3 - 3) / 10, 0), 23)
    func distance(_ candidate: [Int]) -> Int {
      zip(candidate, parts).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let cubeDistance = distance(cube.map { steps[$0] })
    let grayDistance = distance([Int](repeating: 8 + 10 * gray, count: 3))
    return grayDistance < cubeDistance
      ? 232 + gray : 16 + 36 * cube[0] + 6 * cube[1] + cube[2]
  }
}
