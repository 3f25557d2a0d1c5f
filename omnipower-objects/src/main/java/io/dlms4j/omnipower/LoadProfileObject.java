package io.dlms4j.omnipower;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.classes.RangeDescriptor;
import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.backend.LoadProfile;
import io.dlms4j.omnipower.backend.LoadProfileRow;
import io.dlms4j.omnipower.backend.LoadProfileSelection;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * The load profile as a Profile generic object, version 1 (Blue Book 4.3.6; vendor's DLMS
 * description, 3.4): rows of clock, LoggerStatus, DataQuality, format and one register for each
 * energy, selected by time or by entry, and written one by one.
 */
final class LoadProfileObject {
  private static final int ALL = 0;
  private static final int FIFO = 1;

  /** LoggerStatus and DataQuality are attributes 255 and 254 of the profile, as Integer8. */
  private static final int LOGGER_STATUS = -1;

  private static final int DATA_QUALITY = -2;

  private final MeterBackend backend;
  private final LoadProfile profile;
  private final CatalogueEntry clock;
  private final List<Column> columns;

  private record Column(
      CaptureObjectDefinition definition, BiConsumer<AxdrWriter, LoadProfileRow> encoder) {}

  private LoadProfileObject(Catalogue catalogue, MeterBackend backend) {
    this.backend = backend;
    this.profile = backend.loadProfile();
    this.clock = catalogue.entry("Clock");
    this.columns = columns(catalogue, catalogue.entry("LoadProfile"));
  }

  static CosemObject create(Catalogue catalogue, MeterBackend backend) {
    CatalogueEntry entry = catalogue.entry("LoadProfile");
    LoadProfileObject object = new LoadProfileObject(catalogue, backend);
    LoadProfile profile = object.profile;
    CosemData captureObjects =
        CosemData.array(object.columns.stream().map(each -> each.definition.encode()).toList());
    CosemData sortObject = object.columns.get(0).definition.encode();
    return CosemObject.builder(entry.classId(), entry.version(), entry.logicalName())
        .attribute(
            2, List.of(ALL, RangeDescriptor.SELECTOR, EntryDescriptor.SELECTOR), object::read)
        .attribute(3, () -> captureObjects)
        .attribute(4, () -> CosemData.doubleLongUnsigned(profile.capturePeriod()))
        .attribute(5, () -> CosemData.enumerated(FIFO))
        .attribute(6, () -> sortObject)
        .attribute(7, () -> CosemData.doubleLongUnsigned(profile.entriesInUse()))
        .attribute(8, () -> CosemData.doubleLongUnsigned(profile.profileEntries()))
        .build();
  }

  private List<Column> columns(Catalogue catalogue, CatalogueEntry self) {
    List<Column> list = new ArrayList<>();
    list.add(
        new Column(
            definition(clock, 2),
            (writer, row) ->
                writer
                    .writeUnsigned8(DataTag.OCTET_STRING.value())
                    .writeOctetString(MeterTimes.encode(backend.clock().display(row.time())))));
    list.add(
        new Column(
            definition(self, LOGGER_STATUS),
            (writer, row) ->
                writer
                    .writeUnsigned8(DataTag.LONG_UNSIGNED.value())
                    .writeUnsigned16(row.loggerStatus())));
    list.add(
        new Column(
            definition(self, DATA_QUALITY),
            (writer, row) ->
                writer
                    .writeUnsigned8(DataTag.DOUBLE_LONG_UNSIGNED.value())
                    .writeUnsigned32(row.dataQuality())));
    list.add(
        new Column(
            definition(catalogue.entry("Format_KMP_Energy"), 2),
            (writer, row) ->
                writer.writeUnsigned8(DataTag.UNSIGNED.value()).writeUnsigned8(row.format())));
    List<EnergyKind> energies = profile.energies();
    for (int i = 0; i < energies.size(); i++) {
      int column = i;
      list.add(
          new Column(
              definition(catalogue.entry(MeterObjects.registerName(energies.get(i))), 2),
              (writer, row) ->
                  writer
                      .writeUnsigned8(DataTag.DOUBLE_LONG_UNSIGNED.value())
                      .writeUnsigned32(row.energy(column))));
    }
    return List.copyOf(list);
  }

  private static CaptureObjectDefinition definition(CatalogueEntry entry, int attributeIndex) {
    return new CaptureObjectDefinition(
        new AttributeRef(entry.classId(), entry.logicalName(), attributeIndex));
  }

  private CompletionStage<ReadResult> read(ReadRequest request) {
    SelectiveAccess access = request.selectiveAccess();
    if (access == null || access.accessSelector() == ALL) {
      return rowsOf(profile.all(), columns);
    }
    CosemData parameters = access.accessParameters().value();
    return access.accessSelector() == RangeDescriptor.SELECTOR
        ? readRange(RangeDescriptor.decode(parameters))
        : readEntries(EntryDescriptor.decode(parameters));
  }

  private CompletionStage<ReadResult> readRange(RangeDescriptor range) {
    if (!range.restrictingObject().equals(definition(clock, 2))) {
      return outOfScope();
    }
    Optional<Long> from =
        MeterTimes.toNormalTime(backend.clock(), range.fromValue().dateTimeValue());
    Optional<Long> to = MeterTimes.toNormalTime(backend.clock(), range.toValue().dateTimeValue());
    if (from.isEmpty() || to.isEmpty()) {
      return outOfScope();
    }
    return range
        .columns(columns.stream().map(Column::definition).toList())
        .map(selected -> rows(profile.between(from.get(), to.get()), selected))
        .orElseGet(LoadProfileObject::outOfScope);
  }

  private CompletionStage<ReadResult> readEntries(EntryDescriptor entries) {
    return entries
        .columns(columns.size())
        .map(selected -> rows(profile.entries(entries.fromEntry(), entries.toEntry()), selected))
        .orElseGet(LoadProfileObject::outOfScope);
  }

  private static CompletionStage<ReadResult> outOfScope() {
    return ReadResult.refused(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED);
  }

  private CompletionStage<ReadResult> rows(LoadProfileSelection rows, List<Integer> indices) {
    return rowsOf(rows, indices.stream().map(columns::get).toList());
  }

  private static CompletionStage<ReadResult> rowsOf(
      LoadProfileSelection rows, List<Column> selected) {
    return ReadResult.of(
        DataStream.ofArray(
            rows.size(), rows.iterator(), (writer, row) -> writeRow(writer, row, selected)));
  }

  private static void writeRow(AxdrWriter writer, LoadProfileRow row, List<Column> selected) {
    writer.writeUnsigned8(DataTag.STRUCTURE.value()).writeLength(selected.size());
    for (Column column : selected) {
      column.encoder.accept(writer, row);
    }
  }
}
