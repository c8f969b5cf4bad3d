# The Debian package. `cmake --install` puts the program, its shipped configuration and its pages below the prefix; what
# only a package may do (files in /etc, the unit, the account) is the component "system" that `cpack` takes as well.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME baosong)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_CONTACT "Baosong maintainers <maintainers@baosong.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_CMAKE_PROJECTS
  "${CMAKE_BINARY_DIR};baosong;ALL;/" "${CMAKE_BINARY_DIR};baosong;system;/")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION mail)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# poppler-data is loaded at run time: without it Chinese text in PDF is lost, in silence.
set(CPACK_DEBIAN_PACKAGE_DEPENDS
  "poppler-data, ca-certificates, init-system-helpers (>= 1.54), systemd (>= 250) | systemd-standalone-sysusers (>= 250)")
# sqlite3 for the backup; tesseract, loaded when it is there, for the titles of scans.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "sqlite3, libtesseract5, tesseract-ocr-chi-sim")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "mail service that receives material for an official notice")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Baosong (报送) watches the mailbox that an official notice names, keeps every
mail, reads what is attached (Word, PDF, photos, archives), holds it against
the notice's list of required material, keeps the standing of every unit and
writes each sender one polite reply that says everything at once. The office
reads one digest a day.")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# ---- What goes into /etc; all of it is a conffile: an upgrade never overwrites what an administrator changed ----
file(GLOB_RECURSE configuration CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}/config" "${PROJECT_SOURCE_DIR}/config/*")
set(conffiles "")
foreach(file IN LISTS configuration)
  string(APPEND conffiles "/etc/baosong/${file}\n")
endforeach()
set(packaging "${CMAKE_BINARY_DIR}/packaging")
file(WRITE "${packaging}/conffiles" "${conffiles}")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  "${PROJECT_SOURCE_DIR}/packaging/debian/postinst" "${PROJECT_SOURCE_DIR}/packaging/debian/prerm"
  "${PROJECT_SOURCE_DIR}/packaging/debian/postrm" "${packaging}/conffiles")

set(system COMPONENT system EXCLUDE_FROM_ALL)
install(DIRECTORY config/ DESTINATION /etc/baosong ${system} PATTERN baosong.toml EXCLUDE)
install(FILES packaging/baosong.toml DESTINATION /etc/baosong ${system})
install(FILES systemd/baosong.service DESTINATION /lib/systemd/system ${system})
install(FILES systemd/baosong.sysusers DESTINATION /usr/lib/sysusers.d RENAME baosong.conf ${system})
install(FILES systemd/baosong.tmpfiles DESTINATION /usr/lib/tmpfiles.d RENAME baosong.conf ${system})

# ---- Pages that Debian wants compressed ----
find_program(BAOSONG_GZIP gzip REQUIRED)
function(baosong_compressed source target)
  add_custom_command(OUTPUT "${packaging}/${target}" VERBATIM DEPENDS "${source}"
    COMMAND sh -c "\"$1\" -9nc \"$2\" > \"$3\"" sh "${BAOSONG_GZIP}" "${source}" "${packaging}/${target}")
  list(APPEND compressed "${packaging}/${target}")
  set(compressed "${compressed}" PARENT_SCOPE)
endfunction()
configure_file(packaging/debian/changelog.in "${packaging}/changelog" @ONLY)
baosong_compressed("${PROJECT_SOURCE_DIR}/docs/baosong.1" baosong.1.gz)
baosong_compressed("${packaging}/changelog" changelog.Debian.gz)
add_custom_target(baosong_pages ALL DEPENDS ${compressed})

set(documents "${CMAKE_INSTALL_DATADIR}/doc/baosong")
file(GLOB pages CONFIGURE_DEPENDS docs/*.md)
install(FILES "${packaging}/baosong.1.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
install(FILES README.md ${pages} packaging/debian/copyright DESTINATION "${documents}")
install(FILES systemd/README.md DESTINATION "${documents}" RENAME SYSTEMD.md)
install(PROGRAMS scripts/backup DESTINATION "${CMAKE_INSTALL_DATADIR}/baosong")
install(FILES "${packaging}/changelog.Debian.gz" DESTINATION /usr/share/doc/baosong ${system})

include(CPack)
