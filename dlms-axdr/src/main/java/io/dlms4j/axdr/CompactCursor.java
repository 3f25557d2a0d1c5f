package io.dlms4j.axdr;

import io.dlms4j.axdr.TypeDescription.StructureType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which type comes next while the contents of a compact-array, which have no tags, are pulled. It
 * allocates a frame for each level of depth, and then no more.
 */
final class CompactCursor {
  private final List<Frame> frames = new ArrayList<>();
  private int depth;

  /** An array or structure that has been entered. */
  private static final class Frame {
    /** What the elements are, if all are the same; else the structure knows. */
    private TypeDescription element;

    private @Nullable StructureType structure;
    private int size;
    private int taken;

    Frame(TypeDescription element) {
      this.element = element;
    }

    TypeDescription next() {
      return structure == null ? element : structure.types().get(taken);
    }
  }

  /** Enters an array of that many elements of a type. */
  void enterArray(TypeDescription element, int size) {
    enter(element, null, size);
  }

  void enterStructure(StructureType structure) {
    enter(structure, structure, structure.types().size());
  }

  private void enter(TypeDescription element, @Nullable StructureType structure, int size) {
    if (depth == frames.size()) {
      frames.add(new Frame(element));
    }
    Frame frame = frames.get(depth);
    frame.element = element;
    frame.structure = structure;
    frame.size = size;
    frame.taken = 0;
    depth++;
    leaveFinished();
  }

  /** Whether a value without a tag comes next. */
  boolean isActive() {
    return depth > 0;
  }

  /** The type of the value that comes next, if one does. */
  TypeDescription next() {
    return frames.get(depth - 1).next();
  }

  /**
   * Takes the next value: a simple one, all of a composite one, or the right to enter one.
   *
   * @return its type
   */
  TypeDescription take() {
    Frame frame = frames.get(depth - 1);
    TypeDescription type = frame.next();
    frame.taken++;
    return type;
  }

  /** Leaves all that has no elements left: to be called when what was taken has been read. */
  void leaveFinished() {
    while (depth > 0 && frames.get(depth - 1).taken == frames.get(depth - 1).size) {
      depth--;
    }
  }
}
