package org.fer4j.examples.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fer4j.examples.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFinderTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private void make(String... names) throws IOException {
    for (String name : names) {
      Pictures.write(folder.resolve(name), new byte[0]);
    }
  }

  private static List<ImageFile> find(Path... paths) {
    return new ImageFinder(Optional.empty()).find(List.of(paths));
  }

  private List<String> names(List<ImageFile> files) {
    return files.stream()
        .map(file -> folder.relativize(file.path()).toString().replace('\\', '/'))
        .toList();
  }

  @Test
  void sortsByTheNamesOnTheWay() throws IOException {
    make("b.jpg", "a/z.png", "a/b/c.webp", "a.gif", "C.JPEG", "a/a.bmp");
    assertEquals(
        List.of("C.JPEG", "a/a.bmp", "a/b/c.webp", "a/z.png", "a.gif", "b.jpg"),
        names(find(folder)));
  }

  @Test
  void leavesOutWhatIsHiddenOrNoImage() throws IOException {
    make(".hidden.jpg", "._a.jpg", ".git/a.jpg", "notes.txt", "jpg", "a.jpg");
    assertEquals(List.of("a.jpg"), names(find(folder)));
  }

  @Test
  void takesANamedFileWhateverItsName() throws IOException {
    make("notes.txt", "a.jpg");
    assertEquals(List.of("notes.txt"), names(find(folder.resolve("notes.txt"))));
  }

  @Test
  void keepsTheOrderOfThePaths() throws IOException {
    make("z/1.jpg", "a/2.jpg");
    assertEquals(
        List.of("z/1.jpg", "a/2.jpg"), names(find(folder.resolve("z"), folder.resolve("a"))));
  }

  @Test
  void reportsAFolderWithoutImages() throws IOException {
    make("notes.txt");
    ImageFile only = find(folder).get(0);
    assertEquals(folder, only.path());
    assertTrue(only.problem().orElseThrow().startsWith("is a folder without images"));
  }

  @Test
  void leavesTheExcludedFolderOut() throws IOException {
    make("a.jpg", "out/a.jpg");
    ImageFinder finder = new ImageFinder(Optional.of(folder.resolve("out")));
    assertEquals(List.of("a.jpg"), names(finder.find(List.of(folder))));
  }

  @Test
  void followsALoopOfLinksOnce() throws IOException {
    make("a.jpg");
    try {
      Files.createSymbolicLink(folder.resolve("again"), folder);
    } catch (UnsupportedOperationException | IOException e) {
      return;
    }
    assertEquals(List.of("a.jpg"), names(find(folder)));
  }
}
