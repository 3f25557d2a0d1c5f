package io.dlms4j.examples.cli;

import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.client.ProfileColumn;
import io.dlms4j.client.ProfileRow;
import java.awt.Color;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.Styler.YAxisPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The quantities of a profile as lines over time, in a PNG: an axis for each unit, time as the
 * meter's clock has it.
 */
final class ProfilePlot implements ProfileFile {
  private static final int WIDTH = 1200;
  private static final int HEIGHT = 700;

  /** Names of lines beside an axis, before they are left to the legend. */
  private static final int MOST_TITLE = 40;

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  static {
    // A chart is a file here: there need not be a screen.
    System.setProperty("java.awt.headless", "true");
  }

  private final Path path;
  private final String title;
  private final List<Line> lines = new ArrayList<>();
  private final List<LocalDateTime> times = new ArrayList<>();
  private final int clock;
  private long rows;

  /** A column that is drawn. */
  private record Line(int column, String name, String unit, List<Double> values) {}

  /**
   * Opens the file.
   *
   * @throws CommandException if nothing in the profile can be drawn
   */
  ProfilePlot(Path path, String logicalName, List<ProfileColumn> columns) throws IOException {
    this.path = path;
    Profiles profiles = new Profiles();
    title = profiles.title(logicalName);
    int clockColumn = -1;
    for (int i = 0; i < columns.size(); i++) {
      ProfileColumn column = columns.get(i);
      if (Profiles.isClock(column)) {
        clockColumn = clockColumn < 0 ? i : clockColumn;
      } else if (Profiles.hasQuantities(column)) {
        lines.add(
            new Line(
                i,
                profiles.name(column.definition().attribute()),
                column.scalerUnit().unit().symbol(),
                new ArrayList<>()));
      }
    }
    clock = clockColumn;
    if (clock < 0 || lines.isEmpty()) {
      throw new CommandException(
          "nothing of " + title + " can be drawn: it has no clock, or no quantities");
    }
    // Now, and not when all rows have been read.
    Files.newOutputStream(path).close();
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public void add(ProfileRow row) {
    rows++;
    Optional<LocalDateTime> time =
        Profiles.dateTime(row, clock).flatMap(CosemDateTime::toLocalDateTime);
    if (time.isEmpty()) {
      return;
    }
    times.add(time.get());
    for (Line line : lines) {
      // A hole in the line where the row has no number.
      line.values.add(
          Profiles.quantity(row, line.column).map(BigDecimal::doubleValue).orElse(Double.NaN));
    }
  }

  @Override
  public String finish() throws IOException {
    List<Line> drawn =
        lines.stream()
            .filter(line -> line.values.stream().anyMatch(value -> !value.isNaN()))
            .toList();
    if (drawn.isEmpty()) {
      Files.delete(path);
      throw new CommandException("there is nothing to draw: no row of " + rows + " has a number");
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      ChartEncoder.saveChart(chart(drawn), out, "png");
    }
    long without = rows - times.size();
    return "chart of "
        + times.size()
        + " rows written to "
        + path
        + (without == 0 ? "" : "; " + without + " rows without a time are not in it");
  }

  private XYChart chart(List<Line> drawn) {
    LocalDateTime first = times.stream().min(LocalDateTime::compareTo).orElseThrow();
    LocalDateTime last = times.stream().max(LocalDateTime::compareTo).orElseThrow();
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title + ", " + MINUTE.format(first) + " to " + MINUTE.format(last))
            .xAxisTitle("time of the meter")
            .build();
    chart
        .getStyler()
        .setTimezone(TimeZone.getTimeZone("UTC"))
        .setLocale(Locale.ROOT)
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setChartBackgroundColor(Color.WHITE);
    // The meter's clock as it is: an hour that comes twice is not made another one.
    List<Date> dates =
        times.stream().map(time -> Date.from(time.toInstant(ZoneOffset.UTC))).toList();
    Map<String, List<String>> axes = new LinkedHashMap<>();
    for (Line line : drawn) {
      List<String> names = axes.computeIfAbsent(line.unit, unit -> new ArrayList<>());
      names.add(line.name);
      int axis = List.copyOf(axes.keySet()).indexOf(line.unit);
      String name = unique(chart, line);
      XYSeries series = chart.addSeries(name, dates, line.values);
      series.setMarker(times.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
      series.setYAxisGroup(axis);
    }
    int axis = 0;
    for (Map.Entry<String, List<String>> each : axes.entrySet()) {
      String names = String.join(", ", each.getValue());
      String unit = each.getKey().isEmpty() ? "" : " [" + each.getKey() + "]";
      chart.setYAxisGroupTitle(axis, (names.length() > MOST_TITLE ? "" : names) + unit);
      chart
          .getStyler()
          .setYAxisGroupPosition(axis, axis % 2 == 0 ? YAxisPosition.Left : YAxisPosition.Right);
      axis++;
    }
    return chart;
  }

  /** Two columns may hold the same thing. */
  private static String unique(XYChart chart, Line line) {
    String name = line.unit.isEmpty() ? line.name : line.name + " [" + line.unit + "]";
    return chart.getSeries(name) != null ? name + " (" + line.column + ")" : name;
  }

  @Override
  public void close() {
    // What there is to write is written when the rows are complete.
  }
}
