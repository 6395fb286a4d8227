package dev.offload.sample.archive;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Service;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.ReflectionUtils;

import dev.offload.Batch;
import dev.offload.BatchOptions;
import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.TaskOptions;
import dev.offload.TaskQuery;
import dev.offload.Tasks;
import dev.offload.sample.invoice.InvoiceRepository;

/**
 * Makes archives: each invoice of a month is a task of pool {@code pdf}, less urgent than
 * an invoice for which somebody waits. Safe for use by many threads.
 */
@Service
@ConditionalOnWebApplication
public class Archives {

	/** How many are kept; the oldest makes room for a new one. */
	private static final int KEPT = 10;

	/** What somebody waits for has 0, and goes first. */
	private static final int PRIORITY = 10;

	private static final Method RENDER = method();

	private final InvoiceRepository invoices;

	private final OffloadExecutor executor;

	private final Tasks tasks;

	private final Path directory;

	private final AtomicLong numbers = new AtomicLong();

	/** Guarded by itself. */
	private final Map<String, Archive> archives = new LinkedHashMap<>();

	Archives(InvoiceRepository invoices, @Qualifier("pdf") OffloadExecutor executor, Tasks tasks,
			@Value("${sample.directory}/archives") Path directory) throws IOException {
		this.invoices = invoices;
		this.executor = executor;
		this.tasks = tasks;
		this.directory = directory;
		// What an earlier run has left is nobody's.
		FileSystemUtils.deleteRecursively(directory);
		Files.createDirectories(directory);
	}

	private static Method method() {
		Method found = ReflectionUtils.findMethod(ArchiveRenderer.class, "render", String.class, boolean.class);
		if (found == null) {
			throw new IllegalStateException("ArchiveRenderer has no method render(String, boolean)");
		}
		return found;
	}

	/**
	 * Begins an archive.
	 * @param month the month
	 * @param crash whether one of its tasks takes its worker along, the first time
	 * @return the archive, or empty if the month has no invoices
	 * @throws IOException if its file cannot be made
	 */
	public Optional<Archive> start(YearMonth month, boolean crash) throws IOException {
		List<String> invoicesOfMonth = this.invoices.findNumbers(month);
		if (invoicesOfMonth.isEmpty()) {
			return Optional.empty();
		}
		String id = "archive-" + month + "-" + this.numbers.incrementAndGet();
		Path file = this.directory.resolve(id + ".zip");
		// A label of its own: its tasks are found by it.
		TaskOptions options = TaskOptions.DEFAULTS.withId(id).withLabel(id).withPriority(PRIORITY);
		Batch<@Nullable Object> batch = this.executor.submitCalls(calls(invoicesOfMonth, crash),
				BatchOptions.DEFAULTS.withTasks(options));
		Archive archive = new Archive(month, invoicesOfMonth, file, batch, () -> retried(id));
		keep(archive);
		archive.read();
		return Optional.of(archive);
	}

	private static List<Invocation> calls(List<String> numbers, boolean crash) {
		List<Invocation> calls = new ArrayList<>();
		for (String number : numbers) {
			boolean crashes = crash && calls.size() == numbers.size() / 2;
			calls.add(Invocation.onBean("archiveRenderer", RENDER, number, crashes));
		}
		return calls;
	}

	private int retried(String label) {
		TaskQuery query = TaskQuery.ALL.withLabel(label).page(0, TaskQuery.MAX_LIMIT);
		return (int) this.tasks.list(query).tasks().stream().filter((task) -> task.attempt() > 1).count();
	}

	private void keep(Archive archive) throws IOException {
		Archive oldest = null;
		synchronized (this.archives) {
			this.archives.put(archive.state().id(), archive);
			if (this.archives.size() > KEPT) {
				oldest = this.archives.remove(this.archives.keySet().iterator().next());
			}
		}
		if (oldest != null) {
			oldest.cancel();
			Files.deleteIfExists(oldest.file());
		}
	}

	/**
	 * Finds an archive.
	 * @param id its id
	 * @return the archive, or empty
	 */
	public Optional<Archive> find(String id) {
		synchronized (this.archives) {
			return Optional.ofNullable(this.archives.get(id));
		}
	}

}
