package dev.offload.sample.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Gives Tomcat an empty directory that it knows from the start before. It would make a
 * temporary one each time, which stays behind when the service is killed.
 */
@Component
class DocumentRoot implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	private final Path directory;

	DocumentRoot(@Value("${sample.directory}") Path base) {
		this.directory = base.toAbsolutePath().normalize().resolve("tomcat/empty");
	}

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		try {
			factory.setDocumentRoot(Files.createDirectories(this.directory).toFile());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
