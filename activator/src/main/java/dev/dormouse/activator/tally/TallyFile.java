package dev.dormouse.activator.tally;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counts of earlier lives, one a line: {@code count WORD SERVICE OUTCOME NUMBER}, with - for no outcome, and
 * {@code phase WORD SUM NUMBER…}. A line that is not understood is let pass: a newer version's word must not cost the others.
 */
public record TallyFile(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(TallyFile.class);
    private static final String NO_OUTCOME = "-";

    /** What was written last; nothing if that cannot be read, which is logged. */
    public Totals read() {
        Map<Series, Long> counts = new HashMap<>();
        Map<Phase, Distribution> phases = new EnumMap<>(Phase.class);
        try {
            for (String line : Files.readAllLines(path)) {
                String[] words = line.split(" ", -1);
                try {
                    read(words, counts, phases);
                } catch (IllegalArgumentException e) {
                    LOG.warn("{}: line '{}' is let pass: {}", path, line, e.getMessage());
                }
            }
        } catch (NoSuchFileException _) {
            return Totals.NONE;
        } catch (IOException e) {
            LOG.warn("cannot read {}, counting from zero: {}", path, e.getMessage());
        }
        return new Totals(counts, phases);
    }

    /** Replaces it. */
    public void write(Totals totals) throws IOException {
        List<String> lines = new ArrayList<>();
        totals.counts()
                .forEach((series, number) -> lines.add("count " + series.count().word() + " " + series.service() + " "
                        + (series.outcome().isEmpty() ? NO_OUTCOME : series.outcome()) + " " + number));
        totals.phases()
                .forEach((phase, times) -> lines.add("phase " + phase.word() + " " + times.sum() + " "
                        + times.counts().stream().map(String::valueOf).collect(Collectors.joining(" "))));
        lines.sort(String::compareTo);
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.write(fresh, lines);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void read(String[] words, Map<Series, Long> counts, Map<Phase, Distribution> phases) {
        if (words.length == 5 && words[0].equals("count")) {
            String outcome = words[3].equals(NO_OUTCOME) ? "" : words[3];
            counts.put(new Series(count(words[1]), words[2], outcome), Long.parseLong(words[4]));
        } else if (words.length > 3 && words[0].equals("phase")) {
            List<Long> numbers = new ArrayList<>();
            for (int i = 3; i < words.length; i++) {
                numbers.add(Long.parseLong(words[i]));
            }
            phases.put(phase(words[1]), new Distribution(numbers, Double.parseDouble(words[2])));
        } else {
            throw new IllegalArgumentException("neither a count nor a phase");
        }
    }

    private static Count count(String word) {
        for (Count count : Count.values()) {
            if (count.word().equals(word)) {
                return count;
            }
        }
        throw new IllegalArgumentException("nothing named " + word + " is counted");
    }

    private static Phase phase(String word) {
        for (Phase phase : Phase.values()) {
            if (phase.word().equals(word)) {
                return phase;
            }
        }
        throw new IllegalArgumentException("there is no phase " + word);
    }
}
