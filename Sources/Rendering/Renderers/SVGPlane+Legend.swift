/// What the legend of a plane chart names.
extension SVGPlane {
  static func entries(_ plane: Plane) -> [SVGLegend.Entry] {
    zip(plane.layers, plane.seriesStarts).flatMap { layer, start -> [SVGLegend.Entry] in
      func entry(_ name: String?, _ series: Int = start) -> [SVGLegend.Entry] {
        name.map { [.init(name: $0, color: Palette.series(series).hex)] } ?? []
      }
      switch layer {
      case .line(let line):
        return line.name.map {
          [
            .init(
              name: $0, color: Palette.series(start).hex, isDashed: start >= Palette.seriesCount)
          ]
        } ?? []
      case .histogram(let histogram): return entry(histogram.name)
      case .points(let points):
        guard let classes = points.classes else { return entry(points.name) }
        return Set(classes.prefix(points.count)).sorted().flatMap { index in
          let name = points.classNames.flatMap { $0.indices.contains(index) ? $0[index] : nil }
          return entry(name ?? String(index), start + max(index, 0))
        }
      case .vectors(let vectors):
        guard let longest = vectors.lengths.filter(\.isFinite).max() else { return [] }
        let length = NumberFormat.format(longest, significant: 3)
        return [.init(name: "length up to \(length)", color: SVGBody.strokeColor(1))]
      case .field, .contour, .density: return []
      }
    }
  }

  /// What the darkest and the lightest shade stand for.
  static func shades(_ plane: Plane) -> ClosedRange<Double>? {
    plane.layers.lazy.compactMap { layer in
      switch layer {
      case .field(let field): FieldSampling.range(field)
      case .density(let points): density(of: points, plane)?.range
      case .line, .points, .histogram, .contour, .vectors: nil
      }
    }.first
  }

  static func density(of points: Points, _ plane: Plane) -> Density? {
    Density(points, x: plane.x, y: plane.y, columns: 80, rows: 50)
  }
}
