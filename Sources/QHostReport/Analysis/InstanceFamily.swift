/// A test function that is there with several instances: datasets that differ in the parameter `instance`
/// alone.
///
/// Seeds vary where runs start, instances vary the function. Pairs here are of instances, each with the
/// median over its seeds: what they show is of the function, where pairs of seeds show something of one
/// instance.
public struct InstanceFamily: Sendable, Encodable {
  /// What the instances have in common, for example `direct on functions[function=rastrigin]`.
  public var title: String
  /// The problems, one for each instance.
  public var problems: [String]
  /// The pairs of combinations, instance by instance; counts are of instances.
  public var pairs: [PairReport]
}
