import QHostDatasets
import QHostInterfaces

/// One pair of MNIST files: images and their labels.
struct MNISTPart: Sendable {
  /// Where the images are.
  let imagePath: String
  /// How large an image is.
  let size: ImageSize
  /// The images.
  let pixels: PixelStore
  /// The images as in the file, [N × 28 × 28]; empty unless asked for.
  let images: ArraySlice<UInt8>
  /// The digit that each image shows.
  let labels: [UInt8]

  /// Reads and checks the files `<name>-images-idx3-ubyte` and `<name>-labels-idx1-ubyte` of a folder.
  init(
    name: String, isPooled: Bool, keepsImages: Bool = false, _ files: MNISTFiles
  ) throws(ComponentError) {
    imagePath = try files.locate("\(name)-images-idx3-ubyte")
    let labelPath = try files.locate("\(name)-labels-idx1-ubyte")
    let images = try Self.file(imagePath, dimensions: 3, files)
    let labels = try Self.file(labelPath, dimensions: 1, files)
    size = try Self.check(images, imagePath, isPooled: isPooled, files)
    try Self.check(images, imagePath, labels, labelPath, files)
    self.labels = Array(labels.elements)
    self.images = keepsImages ? images.elements : []
    pixels =
      isPooled
      ? PixelStore(pooling: images.elements, width: size.width)
      : PixelStore(images: images.elements)
  }

  private static func file(
    _ path: String, dimensions: Int, _ files: MNISTFiles
  ) throws(ComponentError) -> IDXFile {
    try IDXFile(
      try FileBytes.read(path, remedy: files.remedy), path: path, dimensions: dimensions,
      remedy: files.remedy)
  }

  /// The size of the images, which must be MNIST's where they are said to be MNIST.
  private static func check(
    _ images: IDXFile, _ path: String, isPooled: Bool, _ files: MNISTFiles
  ) throws(ComponentError) -> ImageSize {
    let size = ImageSize(height: images.extents[1], width: images.extents[2])
    let standard = MNISTFiles.standardSize
    guard !files.isStandard || size == standard else {
      throw .data(
        "'\(path)' holds images of \(size.height)x\(size.width) pixels, not "
          + "\(standard.height)x\(standard.width); \(files.remedy), or set folder to that of another set"
      )
    }
    guard size.pixelCount > 0 else {
      throw .data("'\(path)' holds images without pixels; \(files.remedy)")
    }
    guard !isPooled || (size.height % 2 == 0 && size.width % 2 == 0) else {
      throw .parameter(
        "size 14 takes the mean of each 2x2 pixels, and '\(path)' holds images of "
          + "\(size.height)x\(size.width); set size to 28, which leaves them as they are")
    }
    guard images.extents[0] > 0 else { throw .data("'\(path)' holds no image; \(files.remedy)") }
    return size
  }

  private static func check(
    _ images: IDXFile, _ imagePath: String, _ labels: IDXFile, _ labelPath: String,
    _ files: MNISTFiles
  ) throws(ComponentError) {
    let count = images.extents[0]
    guard labels.extents[0] == count else {
      let again = files.isStandard ? "fetch both again with 'qhost data fetch mnist'" : files.remedy
      throw .data(
        "'\(imagePath)' holds \(count) images but '\(labelPath)' holds \(labels.extents[0]) labels; "
          + "they belong to different sets: \(again)")
    }
    guard files.isStandard else { return }
    for (row, label) in labels.elements.enumerated()
    where label >= MNISTFiles.standardClassCount {
      throw .data(
        "'\(labelPath)' has label \(label) in row \(row), not 0 to 9; set folder to that of a set with "
          + "more classes (EMNIST's letters have), or \(files.remedy)")
    }
  }
}
