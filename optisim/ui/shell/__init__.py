"""The shell: window, documents, history, recovery, gallery, help. It knows no lab."""
