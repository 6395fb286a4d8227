package dev.offload.sample.web;

import java.io.IOException;
import java.net.URI;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import dev.offload.sample.archive.Archive;
import dev.offload.sample.archive.ArchiveState;
import dev.offload.sample.archive.ArchiveState.Status;
import dev.offload.sample.archive.Archives;
import dev.offload.sample.invoice.InvoiceMonth;
import dev.offload.sample.invoice.InvoiceRepository;

/**
 * Makes all invoices of a month as one file, tells how far it is, and gives it away.
 */
@RestController
@RequestMapping("/archives")
class ArchiveController {

	private final Archives archives;

	private final InvoiceRepository invoices;

	private final AsyncTaskExecutor executor;

	ArchiveController(Archives archives, InvoiceRepository invoices, AsyncTaskExecutor executor) {
		this.archives = archives;
		this.invoices = invoices;
		this.executor = executor;
	}

	@GetMapping("/months")
	List<InvoiceMonth> months() {
		return this.invoices.findMonths();
	}

	@PostMapping
	ResponseEntity<ArchiveState> start(@RequestParam YearMonth month,
			@RequestParam(defaultValue = "false") boolean crash) throws IOException {
		ArchiveState state = this.archives.start(month, crash)
			.orElseThrow(() -> Problems.exception(HttpStatus.NOT_FOUND, "empty-month",
					"There are no invoices of " + month + "; /archives/months lists the months that have some"))
			.state();
		return ResponseEntity.accepted().location(URI.create("/archives/" + state.id())).body(state);
	}

	@GetMapping("/{id}")
	ArchiveState state(@PathVariable String id) {
		return find(id).state();
	}

	@GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter events(@PathVariable String id) {
		return new ArchiveEvents(find(id), this.executor).open();
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void cancel(@PathVariable String id) {
		find(id).cancel();
	}

	@GetMapping("/{id}.zip")
	ResponseEntity<Resource> file(@PathVariable String id) {
		Archive archive = find(id);
		ArchiveState state = archive.state();
		if (state.status() != Status.READY) {
			throw Problems.exception(HttpStatus.CONFLICT, "archive-not-ready",
					"The archive has %d of %d invoices and is %s".formatted(state.done(), state.total(),
							state.status().name().toLowerCase(Locale.ROOT)));
		}
		return ResponseEntity.ok()
			.contentType(MediaType.valueOf("application/zip"))
			.cacheControl(CacheControl.noStore())
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"invoices-" + state.month() + ".zip\"")
			.body(new FileSystemResource(archive.file()));
	}

	private Archive find(String id) {
		return this.archives.find(id).orElseThrow(() -> unknown(id));
	}

	private static ErrorResponseException unknown(String id) {
		return Problems.exception(HttpStatus.NOT_FOUND, "unknown-archive",
				"There is no archive '" + id + "', or not any more; the last ten are kept");
	}

}
