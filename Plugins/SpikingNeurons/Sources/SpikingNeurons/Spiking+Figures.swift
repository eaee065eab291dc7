public import QHostInterfaces

extension Spiking: FigureProviding {
  /// Spikes and membranes while the first training row is shown; none where there are no training rows.
  public func figures(parameters: [Double]?) throws(ComponentError) -> [Figure] {
    guard let parameters, let sample else { return [] }
    let layers = try activity(of: sample, parameters: parameters)
    guard let last = layers.last else { return [] }
    return [raster(layers), membranes(last)]
  }

  private func raster(_ layers: [LayerActivity]) -> Figure {
    var (times, lanes, first): ([Double], [Int], Int) = ([], [], 0)
    for (index, layer) in layers.enumerated() {
      for (step, spikes) in layer.spikes.enumerated() {
        for (unit, spike) in spikes.enumerated() where spike {
          times.append(Double(step))
          lanes.append(first + unit)
        }
      }
      first += network.layers[index].unitCount
    }
    // A picture has no more dots than one can see.
    let stride = max(1, times.count / 50_000)
    let kept = Swift.stride(from: 0, to: times.count, by: stride)
    return Figure(
      name: "raster", title: "Spikes while the first training row is shown",
      x: Figure.Axis("step"), y: Figure.Axis("neuron, layer by layer"),
      rasters: [
        Figure.Raster(
          name: "spikes", laneCount: first, times: kept.map { times[$0] },
          lanes: kept.map { lanes[$0] })
      ])
  }

  private func membranes(_ layer: LayerActivity) -> Figure {
    let count = min(5, layer.membranes.first?.count ?? 0)
    let stride = max(1, layer.membranes.count / 10_000)
    let steps = Array(Swift.stride(from: 0, to: layer.membranes.count, by: stride))
    return Figure(
      name: "membrane", title: "Membranes of the last layer before resets",
      x: Figure.Axis("step"), y: Figure.Axis("membrane"),
      series: (0..<count).map { unit in
        Figure.Series(
          name: "neuron \(unit)", x: steps.map { Double($0) },
          y: steps.map { Double(layer.membranes[$0][unit]) })
      })
  }
}
