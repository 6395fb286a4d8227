package dev.offload.sample.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.offload.sample.document.DocumentText;
import dev.offload.sample.document.TextExtractor;
import dev.offload.sample.document.Thumbnail;
import dev.offload.sample.document.Thumbnailer;

/**
 * Reads documents that are sent as the body of a request.
 */
@RestController
@RequestMapping(path = "/documents",
		consumes = { MediaType.APPLICATION_PDF_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE })
class DocumentController {

	private static final int MIN_WIDTH = 16;

	private static final int MAX_WIDTH = 2000;

	private final DocumentUpload upload;

	private final TextExtractor textExtractor;

	private final Thumbnailer thumbnailer;

	DocumentController(DocumentUpload upload, TextExtractor textExtractor, Thumbnailer thumbnailer) {
		this.upload = upload;
		this.textExtractor = textExtractor;
		this.thumbnailer = thumbnailer;
	}

	@PostMapping("/text")
	ResponseEntity<DocumentText> text(HttpServletRequest request) throws IOException {
		DocumentText text = this.textExtractor.extract(this.upload.read(request));
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.header(WorkerHeaders.WORKER_PID, String.valueOf(text.workerPid()))
			.body(text);
	}

	@PostMapping("/thumbnail")
	ResponseEntity<byte[]> thumbnail(@RequestParam(defaultValue = "1") int page,
			@RequestParam(defaultValue = "400") int width, HttpServletRequest request) throws IOException {
		if (page < 1) {
			throw Problems.exception(HttpStatus.BAD_REQUEST, "wrong-page", "page must be at least 1, but is " + page);
		}
		if (width < MIN_WIDTH || width > MAX_WIDTH) {
			throw Problems.exception(HttpStatus.BAD_REQUEST, "wrong-width",
					"width must be from " + MIN_WIDTH + " to " + MAX_WIDTH + " pixels, but is " + width);
		}
		Thumbnail thumbnail = this.thumbnailer.draw(this.upload.read(request), page, width);
		return ResponseEntity.ok()
			.contentType(MediaType.IMAGE_PNG)
			.cacheControl(CacheControl.noStore())
			.header(WorkerHeaders.WORKER_PID, String.valueOf(thumbnail.workerPid()))
			.header(WorkerHeaders.PAGE_COUNT, String.valueOf(thumbnail.pages()))
			.body(thumbnail.png());
	}

}
