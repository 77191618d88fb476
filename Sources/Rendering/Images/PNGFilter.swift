import Codecs

/// The five predictions that PNG subtracts from a row.
enum PNGFilter {
  static func apply(
    _ filter: Int, _ row: [UInt8], above: [UInt8], pixelSize: Int
  ) -> [UInt8] {
    row.indices.map { index in
      let left = index >= pixelSize ? row[index - pixelSize] : 0
      let corner = index >= pixelSize ? above[index - pixelSize] : 0
      return row[index] &- prediction(filter, left: left, above: above[index], corner: corner)
    }
  }

  /// The rows of `stride` bytes that begin at `first`, each behind its filter.
  static func remove(
    _ filtered: [UInt8], from first: Int, rows: Int, stride: Int, pixelSize back: Int
  ) throws(FormatError) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: stride * rows)
    for y in 0..<rows {
      let start = first + y * (stride + 1)
      let filter = Int(filtered[start])
      guard filter <= 4 else {
        throw FormatError(
          format: "PNG",
          .unexpected(found: "filter \(filter) in row \(y)", expected: "a filter from 0 to 4"))
      }
      for index in 0..<stride {
        let place = y * stride + index
        let left = index >= back ? result[place - back] : 0
        let above = y > 0 ? result[place - stride] : 0
        let corner = index >= back && y > 0 ? result[place - stride - back] : 0
        let guess = prediction(filter, left: left, above: above, corner: corner)
        result[place] = filtered[start + 1 + index] &+ guess
      }
    }
    return result
  }

  private static func prediction(
    _ filter: Int, left: UInt8, above: UInt8, corner: UInt8
  ) -> UInt8 {
    switch filter {
    case 1: return left
    case 2: return above
    case 3: return UInt8((Int(left) + Int(above)) / 2)
    case 4:
      let guess = Int(left) + Int(above) - Int(corner)
      let toLeft = abs(guess - Int(left))
      let toAbove = abs(guess - Int(above))
      let toCorner = abs(guess - Int(corner))
      if toLeft <= toAbove, toLeft <= toCorner { return left }
      return toAbove <= toCorner ? above : corner
    default: return 0
    }
  }
}
