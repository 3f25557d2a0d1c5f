package io.dlms4j.server;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.ItemResult;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.MethodAccessMode;
import io.dlms4j.cosem.security.Protection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one association does to objects: every check, in the order in which its result counts, and
 * then the object itself. Objects and policies are the application's code: none of these methods
 * throws what they throw, it is in the stage that they return.
 */
final class ObjectAccess {
  private final ClientContext client;
  private final Set<Protection> protection;

  ObjectAccess(ClientContext client) {
    this(client, Set.of());
  }

  private ObjectAccess(ClientContext client, Set<Protection> protection) {
    this.client = client;
    this.protection = protection;
  }

  /** The same for a request that was protected so. */
  ObjectAccess protectedBy(Set<Protection> ofRequest) {
    return ofRequest.isEmpty() ? this : new ObjectAccess(client, ofRequest);
  }

  ClientContext client() {
    return client;
  }

  /** GET of an attribute by logical name; of all of them if that was agreed on. */
  CompletionStage<ItemResult> get(AttributeRef attribute, @Nullable SelectiveAccess selection) {
    return guarded(
        () ->
            find(
                attribute.classId(),
                attribute.logicalName(),
                object -> {
                  if (isAll(attribute, Conformance.ATTRIBUTE0_SUPPORTED_WITH_GET)) {
                    return selection == null
                        ? AllAttributes.read(this, object)
                        : refused(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED);
                  }
                  return read(object, attribute.attributeIndex(), selection);
                }));
  }

  /** SET of an attribute by logical name; of all of them if that was agreed on. */
  CompletionStage<ItemResult> set(
      AttributeRef attribute, @Nullable SelectiveAccess selection, EncodedData value) {
    return guarded(
        () ->
            find(
                attribute.classId(),
                attribute.logicalName(),
                object -> {
                  if (isAll(attribute, Conformance.ATTRIBUTE0_SUPPORTED_WITH_SET)) {
                    return selection == null
                        ? AllAttributes.write(this, object, value)
                        : refused(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED);
                  }
                  return write(object, attribute.attributeIndex(), selection, value);
                }));
  }

  /** ACTION of a method by logical name. */
  CompletionStage<ItemResult> action(MethodRef method, EncodedData parameters) {
    return guarded(
        () ->
            find(
                method.classId(),
                method.logicalName(),
                object -> invoke(object, method.methodIndex(), parameters)));
  }

  private boolean isAll(AttributeRef attribute, Conformance agreed) {
    return attribute.attributeIndex() == 0 && client.negotiated().conformance().contains(agreed);
  }

  private CompletionStage<ItemResult> find(
      int classId, ObisCode name, Function<CosemObject, CompletionStage<ItemResult>> then) {
    Optional<CosemObject> found = client.device().object(name);
    if (found.isEmpty() || !sees(found.get())) {
      return refused(DataAccessResult.OBJECT_UNDEFINED);
    }
    return found.get().classId() == classId
        ? then.apply(found.get())
        : refused(DataAccessResult.OBJECT_CLASS_INCONSISTENT);
  }

  /** Whether the association is let know of an object at all. */
  boolean sees(CosemObject object) {
    return client.policy().sees(object);
  }

  /** Reads an attribute of an object that the association sees. */
  CompletionStage<ItemResult> read(
      CosemObject object, int index, @Nullable SelectiveAccess selection) {
    return guarded(
        () -> {
          Optional<DataAccessResult> refusal = refusal(object, index, selection, false);
          if (refusal.isPresent()) {
            return refused(refusal.get());
          }
          try {
            return answer(
                object.read(new ReadRequest(index, selection, client)), ObjectAccess::result);
          } catch (AxdrException e) {
            if (selection == null) {
              // Nothing of the client's was decoded: the fault is the object's own.
              throw e;
            }
            // The access parameters are well-formed Data, and not what this attribute's selector
            // asks for.
            return refused(DataAccessResult.TYPE_UNMATCHED);
          }
        });
  }

  private static ItemResult result(ReadResult result) {
    if (result instanceof ReadResult.Refused refused) {
      return new ItemResult.Refused(refused.result());
    }
    return new ItemResult.Value(Objects.requireNonNull(((ReadResult.Value) result).value()));
  }

  /** Writes an attribute of an object that the association sees. */
  CompletionStage<ItemResult> write(
      CosemObject object, int index, @Nullable SelectiveAccess selection, EncodedData value) {
    return guarded(
        () -> {
          Optional<DataAccessResult> refusal = refusal(object, index, selection, true);
          if (refusal.isPresent()) {
            return refused(refusal.get());
          }
          try {
            return answer(
                object.write(new WriteRequest(index, selection, value, client)), ItemResult::of);
          } catch (AxdrException e) {
            return refused(DataAccessResult.TYPE_UNMATCHED);
          }
        });
  }

  /** Invokes a method of an object that the association sees. */
  CompletionStage<ItemResult> invoke(CosemObject object, int index, EncodedData parameters) {
    return guarded(
        () -> {
          if (!object.methods().contains(index)) {
            return refused(DataAccessResult.OBJECT_UNDEFINED);
          }
          MethodAccessMode mode = client.policy().methodMode(object, index);
          if (!mode.mayInvoke() || !isProtected(mode.request(), mode.response())) {
            return refused(DataAccessResult.READ_WRITE_DENIED);
          }
          try {
            return answer(
                object.invoke(new InvokeRequest(index, parameters, client)),
                result -> new ItemResult.Invoked(result.result(), result.returnParameters()));
          } catch (AxdrException e) {
            return refused(DataAccessResult.TYPE_UNMATCHED);
          }
        });
  }

  /** What the object, the rights and the attribute itself say against an access. */
  Optional<DataAccessResult> refusal(
      CosemObject object, int index, @Nullable SelectiveAccess selection, boolean writing) {
    Optional<CosemObject.Attribute> attribute = object.attribute(index);
    if (attribute.isEmpty()) {
      return Optional.of(DataAccessResult.OBJECT_UNDEFINED);
    }
    AttributeAccessMode mode = client.policy().mode(object, index);
    if (!isProtected(mode.request(), mode.response())
        || (writing ? !mode.mayWrite() || !attribute.get().writable() : !mode.mayRead())) {
      return Optional.of(DataAccessResult.READ_WRITE_DENIED);
    }
    if (selection != null
        && !attribute.get().accessSelectors().contains(selection.accessSelector())) {
      return Optional.of(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED);
    }
    return Optional.empty();
  }

  /**
   * Whether the request has the protection that is asked for. The answer gets the protection of the
   * request, so what is asked for of the one is asked for of the other. A digital signature proves
   * as much as a tag, and more.
   */
  private boolean isProtected(Set<Protection> request, Set<Protection> response) {
    return isProtected(request) && isProtected(response);
  }

  private boolean isProtected(Set<Protection> wanted) {
    for (Protection each : wanted) {
      boolean given =
          protection.contains(each)
              || (each == Protection.AUTHENTICATED && protection.contains(Protection.SIGNED));
      if (!given) {
        return false;
      }
    }
    return true;
  }

  static CompletionStage<ItemResult> refused(DataAccessResult result) {
    return CompletableFuture.completedStage(new ItemResult.Refused(result));
  }

  private static CompletionStage<ItemResult> guarded(Supplier<CompletionStage<ItemResult>> access) {
    try {
      return access.get();
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** A stage of the application's may be of any kind; what comes of it is one of ours. */
  private static <T> CompletionStage<ItemResult> answer(
      CompletionStage<T> given, Function<T, ItemResult> form) {
    CompletableFuture<ItemResult> answer = new CompletableFuture<>();
    if (given instanceof CompletableFuture<T> owed) {
      // Whoever gives the answer up tells the object.
      CompletionStage<ItemResult> end = answer;
      end.whenComplete(
          (result, failure) -> {
            if (answer.isCancelled()) {
              owed.cancel(false);
            }
          });
    }
    given.whenComplete(
        (result, failure) -> {
          if (failure != null) {
            answer.completeExceptionally(failure);
            return;
          }
          try {
            answer.complete(form.apply(Objects.requireNonNull(result, "an answer without result")));
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }
}
