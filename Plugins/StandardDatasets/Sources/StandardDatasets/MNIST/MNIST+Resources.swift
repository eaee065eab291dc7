public import QHostInterfaces

extension MNIST {
  /// The four files.
  public static let resources: [Resource] = [
    resource(
      "train-images-idx3-ubyte.gz", byteCount: 9_719_438,
      sha256: "0b367032e93c5d0cea0925647cfdb18614af8ee15f83e6f2fc2ad904a6835971"),
    resource(
      "train-labels-idx1-ubyte.gz", byteCount: 28_857,
      sha256: "1787548bbe0bff1ec2ecdc0ef292b02df999e2d1a6002d27500982c652b17203"),
    resource(
      "t10k-images-idx3-ubyte.gz", byteCount: 1_616_508,
      sha256: "1a1a05eab793c14bb050b398624a11b0ffd1a2953baed553b1b9bd079e2a20be"),
    resource(
      "t10k-labels-idx1-ubyte.gz", byteCount: 4_517,
      sha256: "b91679a0acfe4ba0e50a2437a903084cba1f5f92592b016a25a7dfd00455798b"),
  ]

  private static func resource(_ name: String, byteCount: Int, sha256: String) -> Resource {
    Resource(
      path: "mnist/\(name)", url: "https://storage.googleapis.com/cvdf-datasets/mnist/\(name)",
      sha256: sha256, byteCount: byteCount)
  }
}
