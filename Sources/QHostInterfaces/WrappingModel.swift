/// A model around other models, which the user may have started from trained files: `--set model.inner.from=FILE`.
///
/// A model that is published in a plugin and conforms has the capability `qhost.draft.inner/1`. What the host
/// knows of its inner models is in its ``ComponentRequest``: ``ComponentRequest/initialParameters(of:)``,
/// ``ComponentRequest/calibration()``.
public protocol WrappingModel: Model {}
