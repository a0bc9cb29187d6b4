import { createRoot } from 'react-dom/client';
import '../shared/base.css';
import { startTheme } from '../shared/theme';
import { startLanguage } from '../shared/words';
import { App } from './App';

startTheme();
await startLanguage();
createRoot(document.getElementById('root')!).render(<App />);
