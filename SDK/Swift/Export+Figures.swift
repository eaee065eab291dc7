internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every component in Swift that has figures.
func figuresTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_figures.sized()
  table.figures = { instance, parameters, parameterCount, figures, count, error in
    let exported = Instance.at(instance)
    var remark: String?
    let status = reporting(to: error) { () throws(ComponentError) in
      guard let provider = exported.component as? any FigureProviding else {
        throw .unsupported("it has no figures")
      }
      let values = parameters.map {
        Array(UnsafeBufferPointer(start: $0, count: Int(parameterCount)))
      }
      let made = try provider.figures(parameters: values)
      let sound = made.filter { $0.extentFlaw == nil }
      let flaws = made.compactMap { figure in
        figure.extentFlaw.map { "figure '\(figure.name)': \($0)" }
      }
      if !flaws.isEmpty { remark = flaws.joined(separator: "; ") }
      exported.figureArena = Arena()
      figures?.pointee = exported.figureArena.pointers(
        sound.map { $0.stored(in: exported.figureArena) })
      count?.pointee = UInt64(sound.count)
    }
    guard let remark else { return status }
    return qhost_fail(error, QHOST_WARNING, QHOST_ERROR_PLUGIN, remark)
  }
  return UnsafeRawPointer(arena.value(table))
}
