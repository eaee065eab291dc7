import QHostDatasets
import QHostInterfaces

/// One pair of MNIST files: images and their labels.
struct MNISTPart: Sendable {
  /// The side of an image in the files.
  static let side = 28
  /// The number of classes.
  static let classCount = 10

  private static let remedy = "fetch it again with 'qhost data fetch mnist'"

  /// The images.
  let pixels: PixelStore
  /// The images as in the file, [N × 28 × 28]; empty unless asked for.
  let images: ArraySlice<UInt8>
  /// The digit that each image shows.
  let labels: [UInt8]

  /// Reads and checks the files `mnist/<name>-images-idx3-ubyte` and `mnist/<name>-labels-idx1-ubyte`.
  init(
    name: String, isPooled: Bool, keepsImages: Bool = false, host: any HostServices
  ) throws(ComponentError) {
    let imagePath = try Self.locate("mnist/\(name)-images-idx3-ubyte", host)
    let labelPath = try Self.locate("mnist/\(name)-labels-idx1-ubyte", host)
    let images = try Self.file(imagePath, dimensions: 3)
    let labels = try Self.file(labelPath, dimensions: 1)
    try Self.check(images, imagePath, labels, labelPath)
    self.labels = Array(labels.elements)
    self.images = keepsImages ? images.elements : []
    pixels =
      isPooled
      ? PixelStore(pooling: images.elements, side: Self.side) : PixelStore(images: images.elements)
  }

  /// The packed file, or else the unpacked one.
  private static func locate(
    _ path: String, _ host: any HostServices
  ) throws(ComponentError) -> String {
    do {
      return try host.locateData(path + ".gz")
    } catch {
      if let unpacked = try? host.locateData(path) { return unpacked }
      throw .data("\(error.message) (fetch it with 'qhost data fetch mnist')")
    }
  }

  private static func file(_ path: String, dimensions: Int) throws(ComponentError) -> IDXFile {
    try IDXFile(
      try FileBytes.read(path, remedy: remedy), path: path, dimensions: dimensions, remedy: remedy)
  }

  private static func check(
    _ images: IDXFile, _ imagePath: String, _ labels: IDXFile, _ labelPath: String
  ) throws(ComponentError) {
    let (count, height, width) = (images.extents[0], images.extents[1], images.extents[2])
    guard height == side, width == side else {
      throw .data(
        "'\(imagePath)' holds images of \(height)x\(width) pixels, not \(side)x\(side); \(remedy)")
    }
    guard count > 0 else { throw .data("'\(imagePath)' holds no image; \(remedy)") }
    guard labels.extents[0] == count else {
      throw .data(
        "'\(imagePath)' holds \(count) images but '\(labelPath)' holds \(labels.extents[0]) labels; "
          + "they belong to different sets: fetch both again with 'qhost data fetch mnist'")
    }
    for (row, label) in labels.elements.enumerated() where label >= classCount {
      throw .data(
        "'\(labelPath)' has label \(label) in row \(row), not 0 to 9; give a set of ten classes "
          + "(EMNIST's letters have more), or \(remedy)")
    }
  }
}
