public import QHostInterfaces

extension LocalDescent {
  /// Adds the points that it wants to know the losses of, or the cuts.
  public mutating func ask(_ query: inout Query) {
    query.kind = .points
    switch pending {
    case .start: ask(point, &query)
    case .trial: ask(trial, &query)
    case .gradient:
      placeOffsets()
      usesCuts ? askCuts(&query) : askPoints(&query)
    }
  }

  private mutating func ask(_ point: [Double], _ query: inout Query) {
    guard usesCuts else { return query.points.append(contentsOf: point) }
    if base.point != point { base.replace(with: point) }
    base.write(to: &query)
    query.appendCut(coordinates.first ?? 0, 0)
  }

  /// Picks how far each difference goes.
  private mutating func placeOffsets() {
    offsets.removeAll(keepingCapacity: true)
    for (place, index) in coordinates.enumerated() {
      let size = max(abs(point[index]), scales[place])
      let step = size * (isCentral ? Self.centralStep : Self.forwardStep)
      offsets.append(point[index] + step > problem.upper[index] ? -step : step)
    }
  }

  private func askPoints(_ query: inout Query) {
    for (place, index) in coordinates.enumerated() {
      append(point[index] + offsets[place], at: index, to: &query.points)
      if isCentral { append(point[index] - offsets[place], at: index, to: &query.points) }
    }
  }

  private mutating func askCuts(_ query: inout Query) {
    if base.point != point { base.replace(with: point) }
    base.write(to: &query)
    query.offsetCount = isCentral ? 2 : 1
    for (place, index) in coordinates.enumerated() {
      query.cutIndices.append(index)
      query.offsets.append(cutOffset(index, offsets[place]))
      if isCentral { query.offsets.append(cutOffset(index, -offsets[place])) }
    }
  }

  /// An offset from the point that stays within the bounds.
  private func cutOffset(_ index: Int, _ offset: Double) -> Double {
    let x = point[index]
    return problem.offset(from: x, to: problem.clamped(x + offset, at: index), at: index)
  }

  /// Where a difference at an offset is taken.
  func place(_ index: Int, _ offset: Double) -> Double {
    let x = point[index]
    return usesCuts
      ? x + cutOffset(index, offset) : problem.clamped(x + offset, at: index)
  }

  private func append(_ value: Double, at index: Int, to points: inout [Double]) {
    let first = points.count
    points.append(contentsOf: point)
    points[first + index] = problem.clamped(value, at: index)
  }
}
