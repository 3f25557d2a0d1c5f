package io.dlms4j.server;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.ItemResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attribute 0: all public attributes of an object as one structure, in the order of their indices
 * (Green Book 9.3). Null-data stands for an attribute that cannot be read, or is not to be written,
 * and for an index that the object does not use.
 */
final class AllAttributes {
  private static final Logger LOG = LoggerFactory.getLogger(AllAttributes.class);

  private AllAttributes() {}

  /** The greatest index of a public attribute; a manufacturer's own are negative. */
  private static int count(CosemObject object) {
    int last = object.attributes().stream().mapToInt(CosemObject.Attribute::index).max().orElse(0);
    return Math.max(last, 0);
  }

  static CompletionStage<ItemResult> read(ObjectAccess objects, CosemObject object) {
    List<CompletableFuture<DataStream>> values = new ArrayList<>();
    for (int index = 1; index <= count(object); index++) {
      values.add(
          objects
              .read(object, index, null)
              .handle(AllAttributes::valueOrNullData)
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(values.toArray(new CompletableFuture<?>[0]))
        .thenApply(
            done ->
                ItemResult.of(structure(values.stream().map(CompletableFuture::join).toList())));
  }

  private static DataStream valueOrNullData(
      @Nullable ItemResult result, @Nullable Throwable failure) {
    if (result instanceof ItemResult.Value value) {
      return value.value();
    }
    if (failure != null) {
      LOG.warn("an attribute could not be read with the others of its object", failure);
    }
    return DataStream.of(CosemData.nullData());
  }

  private static DataStream structure(List<DataStream> values) {
    Iterator<DataStream> rest = values.iterator();
    return new DataStream() {
      private boolean begun;
      private @Nullable DataStream current;

      @Override
      public boolean writeNext(AxdrWriter writer) {
        if (!begun) {
          begun = true;
          writer.writeUnsigned8(DataTag.STRUCTURE.value()).writeLength(values.size());
          return true;
        }
        while (true) {
          DataStream going = current;
          if (going != null && going.writeNext(writer)) {
            return true;
          }
          if (!rest.hasNext()) {
            return false;
          }
          current = rest.next();
        }
      }
    };
  }

  /** Either everything may be written, or nothing is; what fails then leaves the rest undone. */
  static CompletionStage<ItemResult> write(
      ObjectAccess objects, CosemObject object, EncodedData all) {
    List<CosemData> values;
    try {
      values = all.value().structureOf(count(object));
    } catch (AxdrException e) {
      return ObjectAccess.refused(DataAccessResult.TYPE_UNMATCHED);
    }
    CompletionStage<ItemResult> last = CompletableFuture.completedStage(ItemResult.success());
    for (int i = 0; i < values.size(); i++) {
      if (!(values.get(i) instanceof CosemData.NullData)) {
        Optional<DataAccessResult> refusal = objects.refusal(object, i + 1, null, true);
        if (refusal.isPresent()) {
          return ObjectAccess.refused(refusal.get());
        }
      }
    }
    for (int i = 0; i < values.size(); i++) {
      int index = i + 1;
      CosemData value = values.get(i);
      if (!(value instanceof CosemData.NullData)) {
        last =
            last.thenCompose(
                before ->
                    before instanceof ItemResult.Success
                        ? objects.write(object, index, null, EncodedData.of(value))
                        : CompletableFuture.completedStage(before));
      }
    }
    return last;
  }
}
