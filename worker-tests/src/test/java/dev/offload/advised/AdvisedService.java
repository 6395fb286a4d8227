package dev.offload.advised;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.validation.constraints.NotBlank;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.validation.annotation.Validated;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.WorkerCrashException;
import dev.offload.spring.OffloadTo;

/**
 * Tells where its methods run, and in what.
 */
@Validated
public class AdvisedService {

	private final OffloadExecutor executor;

	public AdvisedService(OffloadExecutor executor) {
		this.executor = executor;
	}

	@OffloadTo("pdf")
	public long pid(@NotBlank String name) {
		return ProcessHandle.current().pid();
	}

	@OffloadTo("pdf")
	@Transactional
	public boolean isInTransaction() {
		return TransactionSynchronizationManager.isActualTransactionActive();
	}

	@OffloadTo("pdf")
	public String typeOfInjectedExecutor() throws Exception {
		return this.executor.spec().type() + " " + this.executor.call(() -> ProcessHandle.current().pid());
	}

	@OffloadTo("pdf")
	public CompletableFuture<Long> pidLater() {
		return CompletableFuture.supplyAsync(() -> ProcessHandle.current().pid());
	}

	@OffloadTo(value = "pdf", mode = OffloadTo.Mode.SUBMIT)
	public TaskHandle<Long> pidByHandle() {
		return TaskHandle.completed(ProcessHandle.current().pid());
	}

	@OffloadTo(value = "pdf", priority = "#number > 1 ? 1 : 0")
	@Transactional
	public Mono<String> page(int number) {
		return Mono.fromSupplier(() -> "page " + number + " by " + ProcessHandle.current().pid());
	}

	@OffloadTo("pdf")
	public Flux<Integer> numbers(int count) {
		return Flux.range(0, count);
	}

	@OffloadTo("pdf")
	public Flux<byte[]> pages(int count, int bytes) {
		return Flux.range(0, count).map((number) -> new byte[bytes]);
	}

	@OffloadTo("pdf")
	public Flux<Integer> endless(String marker) {
		return Flux.<Integer, Integer>generate(() -> 0, (number, sink) -> {
			sink.next(number);
			return number + 1;
		}).doOnCancel(() -> create(marker));
	}

	@OffloadTo("pdf")
	public Stream<Integer> endlessStream(String marker) {
		return Stream.iterate(0, (number) -> number + 1).onClose(() -> create(marker));
	}

	private static void create(String file) {
		try {
			Files.createFile(Path.of(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@OffloadTo("pdf")
	public Flux<Integer> failing(int after) {
		return Flux.range(0, after).concatWith(Mono.error(() -> new IOException("no page " + after)));
	}

	@OffloadTo("pdf")
	public String callerOf() {
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		return ((LocaleContextHolder.getLocaleContext() != null) ? LocaleContextHolder.getLocale() : "no locale") + " "
				+ ((caller != null) ? caller.getName() + caller.getAuthorities() : "nobody");
	}

	@OffloadTo("pdf")
	@Retryable(includes = WorkerCrashException.class, maxRetries = 1, delay = 1)
	public long crashOnce(String marker) throws IOException {
		if (Files.notExists(Path.of(marker))) {
			Files.createFile(Path.of(marker));
			Runtime.getRuntime().halt(3);
		}
		return ProcessHandle.current().pid();
	}

	@OffloadTo(value = "pdf", fallback = "crashed")
	public String crash(int code) {
		Runtime.getRuntime().halt(code);
		return "";
	}

	String crashed(int code, WorkerCrashException failure) {
		return ProcessHandle.current().pid() + " after " + failure.exitCode();
	}

	@OffloadTo("pdf")
	public Optional<List<String>> lines(String text) {
		return text.isEmpty() ? Optional.empty() : Optional.of(text.lines().toList());
	}

	@OffloadTo("pdf")
	public void fail() throws IOException {
		throw new IOException("no such invoice");
	}

}
