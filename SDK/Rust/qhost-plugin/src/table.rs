//! Structs whose two sides may have been compiled from different headers.

/// Name, size, and members with their offsets, of one struct.
pub type Layout = (&'static str, usize, &'static [(&'static str, usize)]);

macro_rules! tables {
    ($(struct $name:ident { $($member:ident: $type:ty,)* })*) => {
        $(
            #[repr(C)]
            #[derive(Clone, Copy)]
            pub struct $name { $(pub $member: $type,)* }

            impl Default for $name {
                /// All members 0 or null, but for the size.
                fn default() -> Self {
                    // SAFETY: every member is a number, a pointer or an optional function: all may be 0.
                    let mut made: Self = unsafe { std::mem::zeroed() };
                    made.struct_size = std::mem::size_of::<Self>() as u32;
                    made
                }
            }

            // SAFETY: tables are shared between threads as the interface says.
            unsafe impl Send for $name {}
            unsafe impl Sync for $name {}

            unsafe impl Table for $name {
                fn set_size(&mut self, size: usize) { self.struct_size = size as u32; }
            }
        )*

        /// All of them.
        pub const LAYOUT: &[Layout] = &[$((
            stringify!($name),
            std::mem::size_of::<$name>(),
            &[$((stringify!($member), std::mem::offset_of!($name, $member)),)*],
        ),)*];
    };
}

/// A struct that begins with its size.
///
/// # Safety
/// All its bytes may be 0.
pub unsafe trait Table: Copy + Default {
    fn set_size(&mut self, size: usize);
}

/// A copy in which members that the other side does not know are 0.
///
/// # Safety
/// `other` points to a struct whose first member is its size.
pub unsafe fn completed<T: Table>(other: *const T) -> T {
    let mut copy = T::default();
    let size = std::mem::size_of::<T>();
    let known = (*other.cast::<u32>() as usize).min(size);
    std::ptr::copy_nonoverlapping(other.cast::<u8>(), (&mut copy as *mut T).cast::<u8>(), known);
    copy.set_size(size);
    copy
}

/// Gives the other side as much of a struct as it knows.
///
/// # Safety
/// As for [`completed`]; `other` may be written.
pub unsafe fn hand_back<T: Table>(mut made: T, other: *mut T) {
    let theirs = *other.cast::<u32>() as usize;
    made.set_size(theirs);
    let known = theirs.min(std::mem::size_of::<T>());
    std::ptr::copy_nonoverlapping((&made as *const T).cast::<u8>(), other.cast::<u8>(), known);
}
