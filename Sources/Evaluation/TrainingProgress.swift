/// How far a `train` has come; given to whoever draws a progress bar.
package struct TrainingProgress: Sendable {
  package var step: Int
  package var stepCount: Int
  package var elapsedSeconds: Double
  /// The tracked curves in order of first use, thinned out to a few values, the latest last.
  package var curves: [(name: String, values: [Float])]

  package init(
    step: Int, stepCount: Int, elapsedSeconds: Double, curves: [(name: String, values: [Float])]
  ) {
    self.step = step
    self.stepCount = stepCount
    self.elapsedSeconds = elapsedSeconds
    self.curves = curves
  }
}
