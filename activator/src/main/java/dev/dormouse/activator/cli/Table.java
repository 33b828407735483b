package dev.dormouse.activator.cli;

import dev.dormouse.activator.status.StatusDocument;
import java.util.ArrayList;
import java.util.List;

/** Rows as aligned columns. */
final class Table {
    private static final List<String> HEAD =
            List.of("NAME", "STATE", "LISTEN", "CONTAINER", "CONNECTIONS", "LAST WAKE");
    private static final String GAP = "   ";

    private Table() {}

    static List<String> lines(List<ServiceRow> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        for (ServiceRow row : rows) {
            cells.add(List.of(
                    row.name(),
                    row.state(),
                    String.join(",", row.listen()),
                    row.container(),
                    row.connections().isPresent()
                            ? Integer.toString(row.connections().getAsInt())
                            : "-",
                    row.lastWake().stream().map(Table::phases).findFirst().orElse("-")));
        }
        return aligned(cells);
    }

    private static String phases(StatusDocument.Wake wake) {
        String unit = wake.unitMillis() < 0 ? "" : " (unit " + wake.unitMillis() + " ms)";
        return "ready " + wake.readyMillis() + " ms" + unit;
    }

    /** Lines of cells as columns; every line has as many cells. */
    static List<String> aligned(List<List<String>> cells) {
        int[] widths = new int[cells.getFirst().size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        return cells.stream().map(line -> line(line, widths)).toList();
    }

    /** The rows, and the last wake and the rules of a service that was asked for by its name. */
    static List<String> lines(List<ServiceRow> rows, boolean detailed) {
        List<String> lines = new ArrayList<>(lines(rows));
        if (detailed) {
            rows.forEach(row -> {
                row.lastWake().forEach(wake -> lines.add("last wake: " + words(wake)));
                row.rest().forEach(rule -> lines.add("sleep: " + rule));
            });
        }
        return lines;
    }

    private static String words(StatusDocument.Wake wake) {
        return "queue " + millis(wake.queueMillis()) + ", create " + millis(wake.createMillis()) + ", unit "
                + millis(wake.unitMillis()) + ", ready " + millis(wake.readyMillis()) + ", first byte "
                + millis(wake.firstByteMillis()) + " after its beginning";
    }

    private static String millis(long millis) {
        return millis < 0 ? "unknown" : millis + " ms";
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i))
                    .append(" ".repeat(widths[i] - cells.get(i).length()))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
