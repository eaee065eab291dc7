public import QHostInterfaces

extension Problem {
  /// Checks that every parameter is real, for methods that know no others.
  ///
  /// - Parameter name: the optimizer's name.
  /// - Throws: a parameter error that names the first one that is not.
  public func requireReal(for name: String) throws(ComponentError) {
    guard let index = kinds.firstIndex(where: { $0 != .real }) else { return }
    throw .parameter(
      "'\(name)' moves real parameters only, but parameter \(index) is \(kinds[index]); "
        + "use ga, sa or random")
  }
}
