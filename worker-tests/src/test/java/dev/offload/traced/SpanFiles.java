package dev.offload.traced;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Exports the spans of each process to a file of its own.
 */
final class SpanFiles implements SpanExporter {

	private final Path directory;

	SpanFiles(Path directory) {
		this.directory = directory;
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> spans) {
		List<String> lines = spans.stream().map(SpanFiles::line).toList();
		try {
			Files.write(this.directory.resolve(Long.toString(ProcessHandle.current().pid())), lines,
					StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			return CompletableResultCode.ofSuccess();
		}
		catch (IOException ex) {
			return CompletableResultCode.ofFailure();
		}
	}

	private static String line(SpanData span) {
		String outcome = String.valueOf(span.getAttributes()
			.asMap()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().getKey().equals("outcome"))
			.map((entry) -> entry.getValue().toString())
			.findFirst()
			.orElse("none"));
		return String.join(";", span.getTraceId(), span.getSpanId(), span.getParentSpanId(), span.getName(),
				span.getKind().name(), span.getStatus().getStatusCode().name(), outcome,
				Long.toString(span.getStartEpochNanos()), Long.toString(span.getEndEpochNanos()));
	}

	@Override
	public CompletableResultCode flush() {
		return CompletableResultCode.ofSuccess();
	}

	@Override
	public CompletableResultCode shutdown() {
		return CompletableResultCode.ofSuccess();
	}

	/**
	 * Reads what all processes have exported.
	 * @param directory the directory
	 * @return the spans
	 * @throws IOException if it cannot
	 */
	static List<Span> read(Path directory) throws IOException {
		List<Span> spans = new ArrayList<>();
		try (var files = Files.list(directory)) {
			for (Path file : files.toList()) {
				for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
					String[] parts = line.split(";", -1);
					spans.add(new Span(Long.parseLong(file.getFileName().toString()), parts[0], parts[1], parts[2],
							parts[3], List.of(parts[4], parts[5], parts[6]),
							new Time(Long.parseLong(parts[7]), Long.parseLong(parts[8]))));
				}
			}
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		return spans;
	}

	/**
	 * A span.
	 *
	 * @param pid the process that made it
	 * @param trace the trace
	 * @param id its own identifier
	 * @param parent that of its parent
	 * @param name its name
	 * @param ended its kind, its status and its outcome
	 * @param time when it was
	 */
	record Span(long pid, String trace, String id, String parent, String name, List<String> ended, Time time) {

	}

	/**
	 * When a span was.
	 *
	 * @param start its start in nanoseconds
	 * @param end its end
	 */
	record Time(long start, long end) {

	}

}
