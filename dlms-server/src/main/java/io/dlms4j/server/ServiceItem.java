package io.dlms4j.server;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.ItemResult;
import io.dlms4j.cosem.association.ServiceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One item of a request: what it is about, and how it is done. The result is of the kind that the
 * association takes for such an item.
 *
 * @param reference attribute, method or short name, in words for the log
 * @param doing does it; does not throw
 */
record ServiceItem(Object reference, Supplier<CompletionStage<ItemResult>> doing) {
  private static final EncodedData NOTHING = EncodedData.of(CosemData.nullData());

  private record Name(int shortName) {
    @Override
    public String toString() {
      return String.format("short name %04X", shortName);
    }
  }

  /** The items of a request, in their order. */
  static List<ServiceItem> of(ServiceRequest service, ObjectAccess objects) {
    List<ServiceItem> items = new ArrayList<>();
    for (int i = 0; i < service.items(); i++) {
      items.add(item(service, i, objects));
    }
    return items;
  }

  /**
   * Whether a request changes nothing. A Read with a parameter may invoke a method, so it is not
   * among those.
   */
  static boolean onlyReads(ServiceRequest service) {
    if (service instanceof ServiceRequest.Access access) {
      return access.specifications().stream()
          .allMatch(
              each ->
                  each instanceof AccessRequestSpecification.Get
                      || each instanceof AccessRequestSpecification.GetWithSelection);
    }
    return service instanceof ServiceRequest.Get
        || (service instanceof ServiceRequest.Read read
            && read.variables().stream().allMatch(VariableAccess.VariableName.class::isInstance));
  }

  private static ServiceItem item(ServiceRequest service, int item, ObjectAccess objects) {
    if (service instanceof ServiceRequest.Get get) {
      AttributeWithSelection asked = get.attributes().get(item);
      return new ServiceItem(
          asked.attribute(), () -> objects.get(asked.attribute(), asked.selectiveAccess()));
    } else if (service instanceof ServiceRequest.Set set) {
      AttributeWithSelection asked = set.attributes().get(item);
      return new ServiceItem(
          asked.attribute(),
          () -> objects.set(asked.attribute(), asked.selectiveAccess(), set.values().get(item)));
    } else if (service instanceof ServiceRequest.Action action) {
      MethodRef method = action.methods().get(item);
      return new ServiceItem(
          method, () -> objects.action(method, orNothing(action.parameters().get(item))));
    } else if (service instanceof ServiceRequest.Access access) {
      return item(access.specifications().get(item), access.data().get(item), objects);
    } else if (service instanceof ServiceRequest.Read read) {
      return read(read.variables().get(item), objects);
    }
    ServiceRequest.Write write = (ServiceRequest.Write) service;
    return write(write.variables().get(item), write.values().get(item), objects);
  }

  private static EncodedData orNothing(@Nullable EncodedData parameters) {
    return parameters == null ? NOTHING : parameters;
  }

  /** An item of ACCESS. */
  private static ServiceItem item(
      AccessRequestSpecification specification, EncodedData data, ObjectAccess objects) {
    if (specification instanceof AccessRequestSpecification.Get get) {
      return new ServiceItem(get.attribute(), () -> objects.get(get.attribute(), null));
    } else if (specification instanceof AccessRequestSpecification.GetWithSelection get) {
      return new ServiceItem(
          get.attribute(), () -> objects.get(get.attribute(), get.selectiveAccess()));
    } else if (specification instanceof AccessRequestSpecification.Set set) {
      return new ServiceItem(set.attribute(), () -> objects.set(set.attribute(), null, data));
    } else if (specification instanceof AccessRequestSpecification.SetWithSelection set) {
      return new ServiceItem(
          set.attribute(), () -> objects.set(set.attribute(), set.selectiveAccess(), data));
    }
    MethodRef method = ((AccessRequestSpecification.Action) specification).method();
    return new ServiceItem(method, () -> objects.action(method, data));
  }

  /**
   * An item of Read: an attribute, or a part of it; or, with a parameter, a method that may return
   * something (Green Book 9.3, mapping of the services). A name alone does not invoke a method: to
   * read must do no harm.
   */
  private static ServiceItem read(VariableAccess variable, ObjectAccess objects) {
    if (variable instanceof VariableAccess.ParameterizedAccess access) {
      return named(
          access.objectName(),
          objects,
          target ->
              target.isMethod()
                  ? objects
                      .invoke(target.object(), target.index(), access.parameter())
                      .thenApply(ServiceItem::asRead)
                  : objects.read(
                      target.object(),
                      target.index(),
                      new SelectiveAccess(access.selector(), access.parameter())));
    }
    return named(
        ((VariableAccess.VariableName) variable).objectName(),
        objects,
        target ->
            target.isMethod()
                ? ObjectAccess.refused(DataAccessResult.READ_WRITE_DENIED)
                : objects.read(target.object(), target.index(), null));
  }

  /**
   * An item of Write: an attribute, or a part of it; or a method, whose parameters the value is.
   */
  private static ServiceItem write(
      VariableAccess variable, EncodedData value, ObjectAccess objects) {
    if (variable instanceof VariableAccess.ParameterizedAccess access) {
      return named(
          access.objectName(),
          objects,
          target ->
              target.isMethod()
                  ? ObjectAccess.refused(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED)
                  : objects.write(
                      target.object(),
                      target.index(),
                      new SelectiveAccess(access.selector(), access.parameter()),
                      value));
    }
    return named(
        ((VariableAccess.VariableName) variable).objectName(),
        objects,
        target ->
            target.isMethod()
                ? objects
                    .invoke(target.object(), target.index(), value)
                    .thenApply(ServiceItem::asWritten)
                : objects.write(target.object(), target.index(), null, value));
  }

  private static ServiceItem named(
      int name,
      ObjectAccess objects,
      Function<ShortNames.Target, CompletionStage<ItemResult>> doing) {
    return new ServiceItem(
        new Name(name),
        () -> {
          Optional<ShortNames.Target> found = objects.client().device().shortNames().find(name);
          return found.isEmpty() || !objects.sees(found.get().object())
              ? ObjectAccess.refused(DataAccessResult.OBJECT_UNDEFINED)
              : doing.apply(found.get());
        });
  }

  private static ItemResult asRead(ItemResult result) {
    if (!(result instanceof ItemResult.Invoked invoked)) {
      return result;
    }
    ItemResult written = asWritten(invoked);
    DataStream returned = invoked.returnParameters();
    return written instanceof ItemResult.Success
        ? new ItemResult.Value(returned == null ? DataStream.of(NOTHING) : returned)
        : written;
  }

  /** Action-Result and Data-Access-Result have the same codes for the same failures. */
  private static ItemResult asWritten(ItemResult result) {
    return result instanceof ItemResult.Invoked invoked
        ? ItemResult.of(
            DataAccessResult.ofCode(invoked.result().code()).orElse(DataAccessResult.OTHER_REASON))
        : result;
  }
}
