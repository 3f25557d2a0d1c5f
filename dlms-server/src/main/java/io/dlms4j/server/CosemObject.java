package io.dlms4j.server;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.InterfaceClass;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * An object that a logical device holds. Its methods are called on the threads of the lines, by
 * several clients at once, and must not block: an object whose value takes time answers with a
 * stage that is not yet complete.
 */
public interface CosemObject {
  /**
   * The interface class.
   *
   * @return class_id, 0..65535
   */
  int classId();

  /**
   * The version of the interface class.
   *
   * @return 0..255
   */
  int version();

  /**
   * The object's name.
   *
   * @return its OBIS code
   */
  ObisCode logicalName();

  /**
   * The attributes that the object has, logical_name included.
   *
   * @return in ascending order of their indices
   */
  List<Attribute> attributes();

  /**
   * Reads an attribute. The server has checked by then that the object has it, that the association
   * may read it, and that the attribute has the access selector.
   *
   * <p>An {@link io.dlms4j.axdr.AxdrException} that it throws on a request with selective access
   * says that the access parameters are not of the expected type, and is answered with
   * type-unmatched; whatever else it throws, with other-reason.
   *
   * @param request which attribute, which part of it, and who asks
   * @return the value or a refusal, at once or later; a stage that completes exceptionally is
   *     answered with other-reason, and a {@link CompletableFuture} is cancelled when nobody waits
   *     for it any more: its time is over (see {@link LogicalDevice.Builder#answerTimeout}), or the
   *     association has ended
   */
  CompletionStage<ReadResult> read(ReadRequest request);

  /**
   * The methods that the object has; none unless an object says otherwise.
   *
   * @return their indices, -128..127, in ascending order
   */
  default List<Integer> methods() {
    return List.of();
  }

  /**
   * Writes an attribute. The server has checked by then that the object has it, that the
   * association may write it, and that the attribute has the access selector. An object that can
   * only be read need not override this.
   *
   * <p>An {@link io.dlms4j.axdr.AxdrException} that it throws says that the value, or the access
   * parameters, are not of the expected type, and is answered with type-unmatched; whatever else it
   * throws, with other-reason.
   *
   * @param request which attribute, its new value, and who asks
   * @return success or a refusal, at once or later; a stage that completes exceptionally is
   *     answered with other-reason
   */
  default CompletionStage<DataAccessResult> write(WriteRequest request) {
    return CompletableFuture.completedStage(DataAccessResult.READ_WRITE_DENIED);
  }

  /**
   * Invokes a method. The server has checked by then that the object has it, and that the
   * association may invoke it. An object without methods need not override this.
   *
   * <p>An {@link io.dlms4j.axdr.AxdrException} that it throws says that the parameters are not of
   * the expected type, and is answered with type-unmatched; whatever else it throws, with
   * other-reason.
   *
   * @param request which method, its parameters, and who asks
   * @return what became of it, at once or later; a stage that completes exceptionally is answered
   *     with other-reason
   */
  default CompletionStage<InvokeResult> invoke(InvokeRequest request) {
    return InvokeResult.refused(ActionResult.OBJECT_UNDEFINED);
  }

  /**
   * Finds an attribute.
   *
   * @param index its index
   * @return the attribute, or nothing
   */
  default Optional<Attribute> attribute(int index) {
    return attributes().stream().filter(each -> each.index() == index).findFirst();
  }

  /**
   * An attribute of an object.
   *
   * @param index -128..127
   * @param accessSelectors the selective accesses that it has, each 0..127: the object_list tells
   *     them as integers
   * @param writable whether it can be written; whether an association may do so, its policy says
   */
  record Attribute(int index, List<Integer> accessSelectors, boolean writable) {
    /**
     * An attribute that can be read only.
     *
     * @param index -128..127
     * @param accessSelectors the selective accesses that it has, each 0..127
     * @throws IllegalArgumentException if the index or a selector is out of range
     */
    public Attribute(int index, List<Integer> accessSelectors) {
      this(index, accessSelectors, false);
    }

    /**
     * Keeps a copy of the list.
     *
     * @throws IllegalArgumentException if the index or a selector is out of range
     */
    public Attribute {
      accessSelectors = List.copyOf(accessSelectors);
      if (index < Byte.MIN_VALUE || index > Byte.MAX_VALUE) {
        throw new IllegalArgumentException("attribute index " + index + " is not within -128..127");
      }
      for (int selector : accessSelectors) {
        if (selector < 0 || selector > Byte.MAX_VALUE) {
          throw new IllegalArgumentException(
              "access selector " + selector + " is not within 0..127");
        }
      }
    }
  }

  /**
   * Begins an object whose attributes are given one by one. Attribute 1, logical_name, is there
   * already.
   *
   * @param classId class_id
   * @param version version of the class
   * @param logicalName the object's name
   * @return a builder
   * @throws IllegalArgumentException if class or version are not within 0..65535 and 0..255
   */
  static CosemObjectBuilder builder(int classId, int version, ObisCode logicalName) {
    return new CosemObjectBuilder(classId, version, logicalName);
  }

  /**
   * Begins an object of a class that is declared. Attribute 1, logical_name, is there already.
   *
   * @param interfaceClass its class, in one of its versions
   * @param logicalName the object's name
   * @return a builder
   */
  static CosemObjectBuilder builder(InterfaceClass interfaceClass, ObisCode logicalName) {
    return builder(interfaceClass.classId(), interfaceClass.version(), logicalName);
  }

  /**
   * A Data object (class 1, version 0).
   *
   * @param logicalName the object's name
   * @param value asked at every read
   * @return the object
   */
  static CosemObject data(ObisCode logicalName, Supplier<CosemData> value) {
    return builder(1, 0, logicalName).attribute(2, value).build();
  }
}
