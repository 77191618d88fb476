/// A picture of data, complete in itself: every renderer draws it from this value alone.
package struct Chart: Sendable, Hashable {
  package enum Content: Sendable, Hashable {
    /// Layers over two number axes, drawn in order.
    case plane([Layer])
    case bars(Bars)
    case heatmap(Heatmap)
    case confusion(ConfusionMatrix)
  }

  package var content: Content
  package var title: String?
  package var x: AxisOptions
  package var y: AxisOptions
  package var references: [ReferenceLine]
  package var annotations: [Annotation]
  /// Rows of the plot area; each kind of chart has its own default.
  package var height: Int?

  package init(
    _ content: Content, title: String? = nil, x: AxisOptions = AxisOptions(),
    y: AxisOptions = AxisOptions(), references: [ReferenceLine] = [],
    annotations: [Annotation] = [], height: Int? = nil
  ) {
    self.content = content
    self.title = title
    self.x = x
    self.y = y
    self.references = references
    self.annotations = annotations
    self.height = height
  }
}

/// What a reader may ask of one axis.
package struct AxisOptions: Sendable, Hashable {
  package var label: String?
  /// Shown exactly; without limits an axis holds all data.
  package var limits: ClosedRange<Float>?
  package var isLogarithmic: Bool

  package init(
    label: String? = nil, limits: ClosedRange<Float>? = nil, isLogarithmic: Bool = false
  ) {
    self.label = label
    self.limits = limits
    self.isLogarithmic = isLogarithmic
  }
}

/// A straight line across the plot at one value.
package struct ReferenceLine: Sendable, Hashable {
  package enum Direction: Sendable, Hashable { case horizontal, vertical }

  package var direction: Direction
  package var value: Float
  package var label: String?

  package init(_ direction: Direction, at value: Float, label: String? = nil) {
    self.direction = direction
    self.value = value
    self.label = label
  }
}

/// A few words at a point of the plot.
package struct Annotation: Sendable, Hashable {
  package var x: Float
  package var y: Float
  package var text: String

  package init(x: Float, y: Float, text: String) {
    self.x = x
    self.y = y
    self.text = text
  }
}

/// Figures in rows and columns, for example one small chart for each tracked loss.
package struct Panels: Sendable, Hashable {
  package var items: [Output]
  /// Figures in a row; without it, as many as stay readable.
  package var columns: Int?
  package var title: String?

  package init(_ items: [Output], columns: Int? = nil, title: String? = nil) {
    self.items = items
    self.columns = columns
    self.title = title
  }

  /// One small chart for each named curve, over the training step.
  package static func losses(
    _ curves: [(name: String, values: [Float])], isLogarithmic: Bool = false,
    title: String? = nil
  ) -> Panels {
    let charts = curves.map { curve in
      Output.chart(
        Chart(
          .plane([.line(Line(ys: curve.values))]), title: curve.name,
          x: AxisOptions(label: "step"), y: AxisOptions(isLogarithmic: isLogarithmic),
          height: 10))
    }
    return Panels(charts, title: title)
  }
}
